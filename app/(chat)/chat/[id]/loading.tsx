import { ThreadSkeleton } from "#components/chat/load-states.tsx";

export default function ChatLoading() {
  return (
    <div className="mx-auto w-full max-w-[47.5rem] px-4 pt-6">
      <ThreadSkeleton />
    </div>
  );
}
