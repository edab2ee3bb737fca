"use client";

import { ChevronRight, Mail, RotateCw, Webhook } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Status, type Tone } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { Attempt, DeliveryFailure, DeliveryInfo, DeliveryStatus } from "#lib/alerts/delivery.ts";
import { redeliver } from "./alerts-api.ts";
import { useAct } from "./use-act.ts";

const tones = { pending: "neutral", delivered: "positive", failed: "danger" } satisfies Record<
  DeliveryStatus,
  Tone
>;
const refreshEveryMs = 2_000;

const knownFailures = {
  bad_address: true,
  not_public: true,
  unknown_host: true,
  unreachable: true,
  redirected: true,
  off: true,
  unreadable_secret: true,
  status: true,
  timeout: true,
  broke_off: true,
  mail_refused: true,
  mail_unreachable: true,
} satisfies Record<DeliveryFailure, true>;

/** Tries of older versions tell a sentence. */
function isKnown(error: string): error is DeliveryFailure {
  return Object.hasOwn(knownFailures, error);
}

/** What was sent where, with every try; kept current while something is under way. */
export function DeliveryLog({ deliveries }: { deliveries: readonly DeliveryInfo[] }) {
  const t = useTranslations("alerts.log");
  useRefreshWhile(deliveries.some(({ status, tries }) => status === "pending" && tries.length < 3));
  if (deliveries.length === 0) return <p className="text-14 text-muted">{t("empty")}</p>;
  return (
    <ul aria-label={t("title")} className="divide-y divide-border rounded-card border border-border">
      {deliveries.map((delivery) => (
        <li key={delivery.id}>
          <Delivery delivery={delivery} />
        </li>
      ))}
    </ul>
  );
}

function useRefreshWhile(active: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, refreshEveryMs);
    return () => clearInterval(timer);
  }, [active, router]);
}

function Delivery({ delivery }: { delivery: DeliveryInfo }) {
  const t = useTranslations("alerts.log");
  const { id, channel, target, status, createdAt, nextAttemptAt, tries } = delivery;
  const { act, pending } = useAct();
  const Icon = channel === "email" ? Mail : Webhook;
  return (
    <details className="group">
      <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2 text-14 hover:bg-surface">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        <span className="min-w-0 flex-1 basis-56">
          <span className="block truncate font-medium">{useEventWords(delivery)}</span>
          <span className="flex min-w-0 items-center gap-1.5 text-13 text-muted">
            <Icon aria-label={t(channel)} className="size-3.5 shrink-0" />
            <span className="truncate">{target}</span>
          </span>
        </span>
        <span className="text-13">
          <Status tone={tones[status]}>{t(status)}</Status>
        </span>
        <span className="text-13 text-muted max-sm:w-full max-sm:pl-7 sm:w-24 sm:text-right">
          <TimeAgo at={createdAt} />
        </span>
      </summary>
      <div className="flex flex-col gap-3 border-border border-t bg-surface px-4 py-3 text-13">
        {tries.length === 0 ? (
          <p className="text-muted">{t(status === "pending" ? "waiting" : "neverSent")}</p>
        ) : (
          <ol className="flex flex-col gap-2">
            {tries.map((attempt) => (
              <Try key={attempt.number} attempt={attempt} />
            ))}
          </ol>
        )}
        {nextAttemptAt && (
          <p className="text-muted">{t.rich("next", { time: () => <TimeAgo at={nextAttemptAt} /> })}</p>
        )}
        <div>
          <Button size="small" pending={pending} onClick={() => void act(redeliver(id), t("again"))}>
            {!pending && <RotateCw aria-hidden="true" />}
            {t("redeliver")}
          </Button>
        </div>
      </div>
    </details>
  );
}

function useEventWords({ alert }: DeliveryInfo): string {
  const t = useTranslations("alerts.log");
  if (alert === null) return t("test");
  const { kind, percent, keyName } = alert;
  if (keyName === null) return t(kind === "reached" ? "accountReached" : "accountRefused", { percent });
  return t(kind === "reached" ? "keyReached" : "keyRefused", { percent, name: keyName });
}

function Try({ attempt }: { attempt: Attempt }) {
  const t = useTranslations("alerts.log");
  const { number, startedAt, durationMs, httpStatus, error, excerpt } = attempt;
  return (
    <li className="flex flex-col gap-1">
      <p className="figures flex flex-wrap gap-x-3 text-muted">
        <span className="text-foreground">{t("try", { number })}</span>
        <TimeAgo at={startedAt} />
        <span>{t("duration", { ms: durationMs })}</span>
        {httpStatus !== null && <span>{t("status", { status: httpStatus })}</span>}
      </p>
      {error !== null &&
        (isKnown(error) ? (
          <p className="text-danger">{t(`failure.${error}`)}</p>
        ) : (
          <p lang="en" className="text-danger">
            {error}
          </p>
        ))}
      {excerpt !== "" && (
        <pre dir="ltr" className="max-h-40 overflow-auto whitespace-pre-wrap break-words font-mono text-12">
          {excerpt}
        </pre>
      )}
    </li>
  );
}
