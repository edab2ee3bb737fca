"use client";

import { MessageSquareOff, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ChatProblem } from "./chat-api.ts";
import { useAdvice } from "./failure-words.ts";
import { Notice } from "./notice.tsx";

export function MissingChat() {
  const t = useTranslations("chat.thread.load");
  return (
    <div className="grid h-full place-items-center">
      <EmptyState
        icon={<MessageSquareOff />}
        title={t("missing")}
        action={<ButtonLink href="/chat">{t("new")}</ButtonLink>}
      >
        {t("missingWhy")}
      </EmptyState>
    </div>
  );
}

export function LoadFailure({ problem, onRetry }: { problem: ChatProblem | null; onRetry: () => void }) {
  const t = useTranslations("chat.thread.load");
  const adviceFor = useAdvice();
  return (
    <Notice
      tone="danger"
      title={t("failed")}
      requestId={problem?.details.requestId}
      actions={
        <Button size="small" onClick={onRetry}>
          <RotateCw aria-hidden="true" />
          {t("again")}
        </Button>
      }
    >
      {problem?.message} {problem && adviceFor(problem.code).whatToDo}
    </Notice>
  );
}
