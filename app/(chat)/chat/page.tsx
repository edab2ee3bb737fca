import { ChatScreen } from "#components/chat/chat-screen.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";

export default async function NewChatPage() {
  const { name, preferences } = await requireAccount();
  return <ChatScreen initialJson={null} name={name} expandThinking={preferences.expandThinking ?? false} />;
}
