import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ChatScreen } from "#components/chat/chat-screen.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getChat } from "#lib/chat/store/chats.ts";
import { getDb } from "#lib/db/client.ts";

interface Props {
  params: Promise<{ id: string }>;
}

/** The chat of the address and its owner, read once for the page and its title. */
const readChat = cache(async (id: string) => {
  const account = await requireAccount();
  return { account, chat: await getChat(getDb(), account.id, id) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { chat } = await readChat((await params).id);
  return { title: chat?.title ?? "Chat" };
}

export default async function ChatPage({ params }: Props) {
  const { account, chat: found } = await readChat((await params).id);
  if (!found) notFound();
  const { messages, activeLeafId, running, ...chat } = found;
  return (
    <ChatScreen
      initialJson={JSON.stringify({ chat, messages, activeLeafId, running })}
      name={account.name}
      expandThinking={account.preferences.expandThinking ?? false}
    />
  );
}
