import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";
import type { ProcessStatus } from "#lib/ops/process-status.ts";
import { makeBlocks } from "#lib/usage/store/blocks.ts";
import { beat, endProcess, registerProcess, settleAbandoned } from "#lib/usage/store/recovery.ts";

const beatEveryMs = 5_000;
const deadAfterMs = 20_000;
/** Days of usage put together per beat, when there are many to do. */
const blockSteps = 4;
/** The next heartbeat is not to wait long for days that are caught up with. */
const rollUpMs = 3_000;

export interface LivenessOptions {
  db: Db;
  log: Logger;
  processId: string;
  /** On the embedded database no other process can be alive. */
  soleProcess: boolean;
  /** What the process says of itself with every beat. */
  status(): ProcessStatus;
  /** Also done with every beat. */
  onBeat(): Promise<void>;
}

/**
 * Makes this process known as alive and settles what dead ones left behind: at once, and every 5 s as long as it lives. A process
 * counts as dead after 20 s without a beat. `end` takes it off the list.
 */
export async function startLiveness(options: LivenessOptions): Promise<{ end(): Promise<void> }> {
  const { db, log, processId } = options;
  const sweep = async () => {
    const settled = await settleAbandoned(db, {
      deadAfterMs,
      ...(options.soleProcess && { soleProcessId: processId }),
    });
    if (settled.length > 0) log.warn({ count: settled.length }, "settled requests that a dead process left");
  };
  const rollUp = async () => {
    const begunAt = Date.now();
    for (let step = 0; step < blockSteps && Date.now() - begunAt < rollUpMs; step += 1) {
      if (!(await makeBlocks(db, new Date())).moved) return;
    }
  };
  await registerProcess(db, processId, options.status());
  await sweep();

  let running: Promise<void> | null = null;
  const tick = async () => {
    try {
      await beat(db, processId, options.status());
      await options.onBeat();
      await sweep();
      await rollUp();
    } catch (error) {
      log.error({ err: error }, "the heartbeat did not reach the database");
    }
  };
  const timer = setInterval(() => {
    running ??= tick().finally(() => {
      running = null;
    });
  }, beatEveryMs);

  return {
    async end() {
      clearInterval(timer);
      await running;
      try {
        await options.onBeat();
        await endProcess(db, processId);
      } catch (error) {
        log.error({ err: error }, "could not sign off from the database");
      }
    },
  };
}
