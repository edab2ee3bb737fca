import type { Db } from "#lib/db/client.ts";
import type { GuardedFetch } from "#lib/ops/guarded-fetch.ts";
import { perProcess } from "#lib/ops/per-process.ts";
import { takeRefusedBudgets } from "#lib/usage/refused-budgets.ts";
import type { Mailer } from "./deliver-email.ts";
import { callWebhook } from "./deliver-webhook.ts";
import type { AttemptResult, DueDelivery } from "./delivery.ts";
import { pauseAfter } from "./retry.ts";
import { claimDue, giveBack, recordAttempt, tidyDeliveries } from "./store/deliveries.ts";
import { raiseAlerts } from "./store/raise.ts";
import { openSecrets } from "./store/webhooks.ts";

const lookEveryMs = 3_000;
/** Longer than a try can take. */
const leaseMs = 30_000;
const atOnce = 16;
const tidyEveryMs = 60 * 60_000;
const unsentForMs = 24 * 60 * 60_000;
const keptMs = 100 * 24 * 60 * 60_000;

export interface AlertJobOptions {
  db: Db;
  log: { error(details: object, message: string): void };
  authSecret: string;
  /** Null where this process can send no e-mail; others may. */
  mailer: Mailer | null;
  fetch: GuardedFetch;
  /** The pause before the second try of a delivery. */
  retryMs: number;
  now: () => number;
}

const kick = perProcess<() => void>("alerts-kick");

/** Has this process look for due deliveries now, and not only at its next turn. */
export function deliverSoon(): void {
  kick.get()?.();
}

/** Raises what is to be raised, then takes what is due. */
async function raiseAndClaim({ db, now, mailer }: AlertJobOptions, most: number): Promise<DueDelivery[]> {
  await raiseAlerts(db, new Date(now()), takeRefusedBudgets());
  return claimDue(db, { now: new Date(now()), leaseMs, email: mailer !== null, atMost: most });
}

/** One look: raises what is to be raised, tries what is due and waits for that. Gives how many deliveries were tried. */
export async function lookOnce(options: AlertJobOptions, stop: AbortSignal): Promise<number> {
  const due = await raiseAndClaim(options, atOnce);
  await Promise.all(due.map((delivery) => tryDelivery(options, delivery, stop)));
  return due.length;
}

async function tryDelivery(
  options: AlertJobOptions,
  delivery: DueDelivery,
  stop: AbortSignal,
): Promise<void> {
  const { db, now, retryMs } = options;
  const startedAt = new Date(now());
  try {
    const result = await deliver(options, delivery, startedAt, stop);
    const endedMs = now();
    const { number } = delivery;
    const pauseMs = result.error === null ? null : pauseAfter(number, retryMs);
    const durationMs = Math.max(0, Math.round(endedMs - startedAt.getTime()));
    const nextAttemptAt = pauseMs === null ? null : new Date(endedMs + pauseMs);
    await recordAttempt(db, delivery.id, { number, startedAt, durationMs, ...result }, nextAttemptAt);
  } catch (error) {
    if (!stop.aborted) throw error;
    await giveBack(db, delivery, new Date(now()));
  }
}

async function deliver(
  { authSecret, mailer, fetch }: AlertJobOptions,
  delivery: DueDelivery,
  now: Date,
  signal: AbortSignal,
): Promise<AttemptResult> {
  if (delivery.channel === "email") {
    if (!mailer) throw new Error("An e-mail was claimed by a process that sends none.");
    return mailer.send(delivery, signal);
  }
  const { webhookId, sealedSecrets } = delivery;
  const secrets = webhookId === null ? [] : openSecrets(authSecret, webhookId, sealedSecrets);
  if (secrets === null) return { httpStatus: null, error: "unreadable_secret", excerpt: "" };
  return callWebhook(delivery, { fetch, secrets, now, signal });
}

/**
 * Raises and delivers alerts in the background, looking every few seconds; a slow receiver delays nobody else. `stop` waits for what it
 * does; tries under way are broken off and left to others.
 */
export function startAlertJob(options: AlertJobOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  let tidiedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let again = false;
  const logFailure = (error: unknown) => options.log.error({ err: error }, "a look for alerts failed");

  function launch(delivery: DueDelivery): void {
    const trying = tryDelivery(options, delivery, stopping.signal)
      .catch(logFailure)
      .finally(() => {
        // With all places taken others may wait for this one.
        if (underWay.size === atOnce) lookNow();
        underWay.delete(trying);
      });
    underWay.add(trying);
  }

  async function look(): Promise<void> {
    for (const due of await raiseAndClaim(options, atOnce - underWay.size)) launch(due);
    if (options.now() - tidiedAt < tidyEveryMs) return;
    tidiedAt = options.now();
    await tidyDeliveries(options.db, { now: new Date(tidiedAt), afterMs: unsentForMs, keptMs });
  }

  function lookNow(): void {
    if (stopping.signal.aborted) return;
    again = looking !== null;
    if (looking) return;
    clearTimeout(timer);
    looking = look()
      .catch(logFailure)
      .finally(() => {
        looking = null;
        if (stopping.signal.aborted) return;
        timer = setTimeout(lookNow, again ? 0 : Math.min(lookEveryMs, options.retryMs)).unref();
        again = false;
      });
  }

  kick.set(lookNow);
  lookNow();
  return {
    async stop() {
      kick.set(undefined);
      stopping.abort();
      clearTimeout(timer);
      await looking;
      await Promise.all(underWay);
      options.mailer?.close();
    },
  };
}
