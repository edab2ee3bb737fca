"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

export interface CallDecision {
  approved: boolean;
  /** The tool asks no more in this chat. */
  forChat: boolean;
  reason: string | null;
}

export interface ApprovalBarProps {
  question: string;
  /** Whether "allow in this chat" makes a difference: a tool that always asks asks again anyway. */
  offerChat: boolean;
  onDecide(decision: CallDecision): Promise<boolean>;
}

/** Asks whether a call may be made. A denial may carry a reason, which the model is told. */
export function ApprovalBar({ question, offerChat, onDecide }: ApprovalBarProps) {
  const [pending, setPending] = useState<"once" | "chat" | "deny" | null>(null);
  const [denying, setDenying] = useState(false);
  const [failed, setFailed] = useState(false);
  const t = useTranslations("tools.cards.approval");

  async function decide(kind: "once" | "chat" | "deny", reason: string | null) {
    setPending(kind);
    setFailed(false);
    const taken = await onDecide({ approved: kind !== "deny", forChat: kind === "chat", reason });
    setPending(null);
    setFailed(!taken);
  }

  return (
    <div className="flex flex-col gap-2.5">
      <p className="font-medium">{question}</p>
      {denying ? (
        <form
          className="flex flex-wrap gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
            void decide("deny", reason === "" ? null : reason);
          }}
        >
          <input
            name="reason"
            // biome-ignore lint/a11y/noAutofocus: the person asked for this field just now.
            autoFocus
            maxLength={2_000}
            aria-label={t("reason")}
            placeholder={t("reason")}
            className="target min-w-0 flex-1 basis-56 rounded-control border border-control bg-background px-3 text-16 sm:text-14"
          />
          <Button size="small" type="submit" pending={pending === "deny"}>
            {t("confirmDeny")}
          </Button>
          <Button size="small" variant="quiet" onClick={() => setDenying(false)}>
            {t("back")}
          </Button>
        </form>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            variant="primary"
            pending={pending === "once"}
            onClick={() => decide("once", null)}
          >
            {t("allowOnce")}
          </Button>
          {offerChat && (
            <Button size="small" pending={pending === "chat"} onClick={() => decide("chat", null)}>
              {t("allowInChat")}
            </Button>
          )}
          <Button size="small" variant="quiet" onClick={() => setDenying(true)}>
            {t("deny")}
          </Button>
        </div>
      )}
      {failed && (
        <p role="alert" className="text-13 text-danger">
          {t("failed")}
        </p>
      )}
    </div>
  );
}
