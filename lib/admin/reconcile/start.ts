import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";
import { beginReconciliation, endReconciliation, noteProgress } from "../store/reconciliations.ts";
import type { ReconcileReport } from "./report.ts";
import { runReconciliation } from "./run.ts";

export interface StartOptions {
  /** Null from the command line. */
  actorId: string | null;
  address?: string;
  processId: string;
  repair: boolean;
  log: Pick<Logger, "error">;
  /** Told after each day and month. */
  onProgress?(done: number, total: number): void;
}

export interface StartedRun {
  id: string;
  /** Null where it failed. */
  ended: Promise<ReconcileReport | null>;
}

/** Begins a run that goes on by itself and tells its progress in the database; null while another one is under way. */
export async function startReconciliation(db: Db, options: StartOptions): Promise<StartedRun | null> {
  const id = await beginReconciliation(db, options);
  return id === null ? null : { id, ended: carryOut(db, id, options) };
}

async function carryOut(db: Db, id: string, options: StartOptions): Promise<ReconcileReport | null> {
  try {
    const report = await runReconciliation(db, {
      repair: options.repair,
      async onProgress(done, total) {
        await noteProgress(db, id, done, total);
        options.onProgress?.(done, total);
      },
    });
    await endReconciliation(db, id, { report });
    return report;
  } catch (error) {
    options.log.error({ err: error, reconciliation: id }, "a reconciliation failed");
    await endReconciliation(db, id, { failure: error instanceof Error ? error.message : String(error) });
    return null;
  }
}
