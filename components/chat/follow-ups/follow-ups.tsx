"use client";

import { CornerDownRight, Sparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, useEffect, useRef } from "react";
import { currentActs } from "#components/shortcuts/acts.ts";
import { Button } from "#components/ui/button.tsx";
import { formatMoney } from "#components/ui/format-money.ts";
import type { FollowUps as Suggested } from "#lib/chat/message.ts";
import { usePrices } from "../prices-context.tsx";
import { aboutFollowUpsNanoUsd } from "./follow-ups-price.ts";
import { useFollowUps } from "./use-follow-ups.ts";

export interface FollowUpsProps {
  chatId: string;
  /** The answer that they follow. */
  messageId: string;
  /** What was suggested before. */
  known: Suggested | null;
  question: string;
  answer: string;
  /** Asks for them without being told to. */
  atOnce: boolean;
  onPick: (text: string) => void;
}

/** Offers to ask the model for follow-ups, says what that costs, and shows them. */
export function FollowUps({ chatId, messageId, known, question, answer, atOnce, onPick }: FollowUpsProps) {
  const t = useTranslations("chat.thread.followUps");
  const prices = usePrices();
  const { followUps, asking, failure, byHand, ask } = useFollowUps({ chatId, messageId, known, atOnce });
  if (followUps) return <Suggestions followUps={followUps} takeFocus={byHand} onPick={onPick} />;
  const price = prices && formatMoney(aboutFollowUpsNanoUsd(question, answer, prices));
  return (
    <section
      aria-label={t("title")}
      className="-ml-2.5 flex flex-wrap items-center gap-x-2 gap-y-1 print:hidden"
    >
      <Button size="small" variant="quiet" pending={asking} onClick={ask}>
        {!asking && <Sparkles aria-hidden="true" />}
        {t(failure === null ? "ask" : "again")}{" "}
        {price && <span className="figures font-normal text-12 text-faint">{t("price", { price })}</span>}
      </Button>
      <p role="status" className="sr-only">
        {asking && t("asking")}
      </p>
      {failure !== null && (
        <p role="alert" className="min-w-0 break-words text-13 text-muted">
          {t("failed", { message: failure })}
        </p>
      )}
    </section>
  );
}

interface SuggestionsProps {
  followUps: Suggested;
  /** They were asked for by a button that they take the place of. */
  takeFocus: boolean;
  onPick: (text: string) => void;
}

function Suggestions({ followUps, takeFocus, onPick }: SuggestionsProps) {
  const { texts, costNanoUsd, provider } = followUps;
  const t = useTranslations("chat.thread.followUps");
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Unless the person has gone on to something else.
    if (takeFocus && document.activeElement === document.body) first.current?.focus({ preventScroll: true });
  }, [takeFocus]);

  function pick(text: string, event: MouseEvent) {
    onPick(text);
    // By key: the button goes, the focus must stay somewhere. On a phone the keyboard stays away.
    if (event.detail === 0) currentActs().focusComposer?.();
  }
  return (
    <section aria-label={t("title")} className="flex animate-fade-in flex-col gap-1.5 print:hidden">
      <p role="status" className={texts.length > 0 ? "sr-only" : "text-13 text-muted"}>
        {t("ready", { count: texts.length })}
      </p>
      <ul className="flex flex-col items-start gap-1.5">
        {texts.map((text, place) => (
          <li key={text} className="max-w-full">
            <button
              ref={place === 0 ? first : undefined}
              type="button"
              onClick={(event) => pick(text, event)}
              className="target flex max-w-full items-center gap-2 rounded-card border border-border px-3 py-1.5 text-left text-14 transition-colors hover:border-control hover:bg-surface"
            >
              <CornerDownRight aria-hidden="true" className="size-4 shrink-0 text-faint" />
              <span dir="auto" className="min-w-0 break-words">
                {text}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="figures text-12 text-faint">
        {t(provider === "offline" ? "byOffline" : "by")}
        {costNanoUsd !== null && ` · ${t("cost", { price: formatMoney(costNanoUsd) })}`}
      </p>
    </section>
  );
}
