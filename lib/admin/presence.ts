import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";
import { describeProcess } from "#lib/ops/describe-process.ts";
import { beat, endProcess } from "#lib/usage/store/recovery.ts";

const beatEveryMs = 5_000;

/** Makes a process known as alive that serves pages only: one with a gateway tells it there. */
export function startPresence(
  db: Db,
  processId: string,
  log: Pick<Logger, "error">,
): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  const tell = async () => {
    try {
      await beat(db, processId, { ...describeProcess(), role: "web", activeRequests: null, upstreams: [] });
    } catch (error) {
      log.error({ err: error }, "the heartbeat did not reach the database");
    }
  };
  const start = () => {
    running ??= tell().finally(() => {
      running = null;
    });
  };
  const timer = setInterval(start, beatEveryMs);
  start();
  return {
    async stop() {
      clearInterval(timer);
      await running;
      await endProcess(db, processId).catch((error: unknown) =>
        log.error({ err: error }, "could not sign off from the database"),
      );
    },
  };
}
