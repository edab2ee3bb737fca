import { recordAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { Prisma, type Reconciliation as Row } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import type { Reconciliation } from "../reconcile/reconciliation.ts";
import { isRight, type ReconcileReport, reportSchema } from "../reconcile/report.ts";

/** A run without a sign of life for longer was left by a process that died. */
const silentForMs = 60_000;
const listed = 20;

/** Begins a run, one at a time in the installation; null while another one is under way. */
export async function beginReconciliation(
  db: Db,
  run: { actorId: string | null; address?: string; processId: string; repair: boolean },
): Promise<string | null> {
  const { actorId, address, processId, repair } = run;
  const id = newId("rec");
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE reconciliations IN SHARE ROW EXCLUSIVE MODE`;
    const others = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM reconciliations WHERE ended_at IS NULL
        AND beat_at > now() - ${silentForMs}::float8 * interval '1 millisecond' LIMIT 1`;
    if (others.length > 0) return null;
    await tx.reconciliation.create({ data: { id, repair, accountId: actorId, processId } });
    await recordAudit(tx, {
      actorId: actorId ?? "system",
      action: repair ? "usage.repair_started" : "usage.reconcile_started",
      targetId: id,
      ...(address !== undefined && { address }),
    });
    return id;
  });
}

export async function noteProgress(db: Db, id: string, done: number, total: number): Promise<void> {
  await db.$executeRaw`
    UPDATE reconciliations SET done_steps = ${done}, total_steps = ${total}, beat_at = now() WHERE id = ${id}`;
}

/** Ends a run; what it set right stands in the audit. */
export async function endReconciliation(
  db: Db,
  id: string,
  outcome: { report: ReconcileReport } | { failure: string },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const report = "report" in outcome ? outcome.report : null;
    const row = await tx.reconciliation.update({
      where: { id },
      data: {
        endedAt: new Date(),
        ...(report ? { report } : { report: Prisma.DbNull }),
        ...("failure" in outcome && { failure: outcome.failure }),
      },
    });
    if (!report || !row.repair) return;
    await recordAudit(tx, {
      actorId: row.accountId ?? "system",
      action: "usage.repaired",
      targetId: id,
      after: {
        quarters: report.quarters.repaired,
        blocks: report.blocks.repaired,
        months: report.months.repaired,
        quotas: report.quotas.repaired,
      },
    });
  });
}

/** The last runs, the newest first. */
export async function listReconciliations(db: Db, now: Date): Promise<Reconciliation[]> {
  const rows = await db.reconciliation.findMany({
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: listed,
  });
  return rows.map((row) => toReconciliation(row, now));
}

/** One run; null when there is none with this id. */
export async function getReconciliation(db: Db, id: string, now: Date): Promise<Reconciliation | null> {
  const row = await db.reconciliation.findUnique({ where: { id } });
  return row && toReconciliation(row, now);
}

function toReconciliation(row: Row, now: Date): Reconciliation {
  const { id, repair, startedAt, endedAt, doneSteps, totalSteps, failure } = row;
  const report = reportSchema.safeParse(row.report).data ?? null;
  return {
    id,
    repair,
    state: stateOf(row, now),
    startedAt,
    endedAt,
    doneSteps,
    totalSteps,
    failure,
    report,
    right: report !== null && isRight(report),
  };
}

function stateOf({ endedAt, failure, beatAt }: Row, now: Date): Reconciliation["state"] {
  if (failure !== null) return "failed";
  if (endedAt) return "done";
  return now.getTime() - beatAt.getTime() > silentForMs ? "interrupted" : "running";
}
