"use client";

import { MessageSquareOff, RotateCw } from "lucide-react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton, SkeletonGroup, SkeletonText } from "#components/ui/skeleton.tsx";
import type { ChatProblem } from "./chat-api.ts";
import { adviceFor } from "./failure-words.ts";
import { Notice } from "./notice.tsx";

/** The shape of a thread that is on its way. */
export function ThreadSkeleton() {
  return (
    <SkeletonGroup label="Loading the chat">
      <span className="flex flex-col gap-7 pt-2">
        <Skeleton className="h-11 w-2/5 self-end" />
        <SkeletonText lines={4} />
        <Skeleton className="h-11 w-1/2 self-end" />
        <SkeletonText lines={3} />
      </span>
    </SkeletonGroup>
  );
}

export function MissingChat() {
  return (
    <div className="grid h-full place-items-center">
      <EmptyState
        icon={<MessageSquareOff />}
        title="There is no such chat"
        action={<ButtonLink href="/chat">New chat</ButtonLink>}
      >
        It was deleted, or it belongs to another account.
      </EmptyState>
    </div>
  );
}

export function LoadFailure({ problem, onRetry }: { problem: ChatProblem | null; onRetry: () => void }) {
  return (
    <Notice
      tone="danger"
      title="The chat could not be loaded"
      requestId={problem?.details.requestId}
      actions={
        <Button size="small" onClick={onRetry}>
          <RotateCw aria-hidden="true" />
          Try again
        </Button>
      }
    >
      {problem?.message} {problem && adviceFor(problem.code).whatToDo}
    </Notice>
  );
}
