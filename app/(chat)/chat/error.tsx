"use client";

import { RotateCw } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ChatError({ error, reset }: Props) {
  return (
    <div className="grid h-full place-items-center">
      <EmptyState
        title="This page failed"
        action={
          <Button onClick={reset}>
            <RotateCw aria-hidden="true" />
            Try again
          </Button>
        }
      >
        Your chats are kept on the server.{error.digest && ` The error is logged under ${error.digest}.`}
      </EmptyState>
    </div>
  );
}
