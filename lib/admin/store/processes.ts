import type { Db } from "#lib/db/client.ts";
import { processStatusSchema } from "#lib/ops/process-status.ts";
import type { LivingProcess } from "../living-process.ts";

/** A process counts as dead after as long without a beat. */
const deadAfterMs = 20_000;

/** The processes of the installation that are alive, the oldest first. */
export async function listProcesses(db: Db): Promise<LivingProcess[]> {
  const rows = await db.$queryRaw<(Omit<LivingProcess, "status"> & { status: unknown })[]>`
    SELECT id, started_at AS "startedAt", heartbeat_at AS "heartbeatAt", status FROM processes
    WHERE heartbeat_at >= now() - ${deadAfterMs}::float8 * interval '1 millisecond' ORDER BY started_at, id`;
  return rows.map((row) => ({ ...row, status: processStatusSchema.safeParse(row.status).data ?? null }));
}
