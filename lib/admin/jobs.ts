import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { dropOldRequests } from "#lib/usage/store/retention.ts";
import { type DeletionPorts, finishDeletions } from "./delete-account.ts";

const everyMs = 60_000;
/** Between two batches, so that calls come through. */
const breathMs = 50;

export interface AdminJobPorts extends DeletionPorts {
  /** How long rows of requests are kept; null for ever. */
  requestLogDays: number | null;
  log: Pick<Logger, "error" | "info" | "warn">;
}

/** What the installation does by itself now and then, in every process that serves pages: each job sees to it that one does it at a time. */
export function startAdminJobs(ports: AdminJobPorts): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  let stopped = false;
  const run = async () => {
    try {
      const deleted = await finishDeletions(ports, new Date());
      if (deleted > 0) ports.log.info({ deleted }, "finished deletions of accounts that were left");
      await dropRequests(ports, () => stopped);
    } catch (error) {
      ports.log.error({ err: error }, "a job of the admin failed");
    }
  };
  const start = () => {
    running ??= run().finally(() => {
      running = null;
    });
  };
  const timer = setInterval(start, everyMs);
  start();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function dropRequests({ db, requestLogDays, log }: AdminJobPorts, isStopped: () => boolean) {
  if (requestLogDays === null) return;
  let dropped = 0;
  while (!isStopped()) {
    const step = await dropOldRequests(db, { keepDays: requestLogDays, now: new Date() });
    if (step.kind === "kept") {
      log.warn({ day: step.day }, "requests of this day are kept: its roll-ups differ from them; reconcile");
    }
    if (step.kind !== "moved") break;
    dropped += step.dropped;
    await pause(breathMs);
  }
  if (dropped > 0) log.info({ dropped }, "dropped old requests");
}
