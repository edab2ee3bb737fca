import { MissingChat } from "#components/chat/load-states.tsx";

export default function ChatNotFound() {
  return <MissingChat />;
}
