import { ChatScreen } from "#components/chat/chat-screen.tsx";
import { defaultFollowUps, defaultSendKey } from "#lib/accounts/choices.ts";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getDefaultOptions } from "#lib/chat/store/options.ts";
import { getDb } from "#lib/db/client.ts";

export default async function NewChatPage() {
  const { id, name, preferences } = await requireAccount();
  return (
    <ChatScreen
      initial={null}
      accountId={id}
      name={name}
      defaultOptions={await getDefaultOptions(getDb(), id)}
      expandThinking={preferences.expandThinking ?? false}
      followUps={preferences.followUps ?? defaultFollowUps}
      sendKey={preferences.sendKey ?? defaultSendKey}
    />
  );
}
