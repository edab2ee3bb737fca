import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { OpenedChat } from "#components/chat/opened-chat.tsx";
import { defaultFollowUps, defaultSendKey } from "#lib/accounts/choices.ts";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getNewestMessages, messagesAtOnce } from "#lib/chat/store/newest-messages.ts";
import { getDefaultOptions } from "#lib/chat/store/options.ts";
import { getDb } from "#lib/db/client.ts";

interface Props {
  params: Promise<{ id: string }>;
}

/** The chat of the address and its owner, read once for the page and its title. */
const readChat = cache(async (id: string) => {
  const account = await requireAccount();
  const [chat, defaultOptions] = await Promise.all([
    getNewestMessages(getDb(), account.id, id, messagesAtOnce),
    getDefaultOptions(getDb(), account.id),
  ]);
  return { account, chat, defaultOptions };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { chat } = await readChat((await params).id);
  return { title: chat?.title ?? "Chat" };
}

export default async function ChatPage({ params }: Props) {
  const { account, chat: found, defaultOptions } = await readChat((await params).id);
  if (!found) notFound();
  const { messages, activeLeafId, running, partial, ...chat } = found;
  return (
    <OpenedChat
      json={JSON.stringify({ chat, messages, activeLeafId, running, partial })}
      accountId={account.id}
      name={account.name}
      defaultOptions={defaultOptions}
      expandThinking={account.preferences.expandThinking ?? false}
      followUps={account.preferences.followUps ?? defaultFollowUps}
      sendKey={account.preferences.sendKey ?? defaultSendKey}
    />
  );
}
