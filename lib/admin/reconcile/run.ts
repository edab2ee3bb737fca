import type { Db } from "#lib/db/client.ts";
import { monthAround } from "#lib/usage/allowances.ts";
import { compareBlocks } from "#lib/usage/store/reconcile/blocks.ts";
import { compareMonths, compareQuotas } from "#lib/usage/store/reconcile/counters.ts";
import { getExtent } from "#lib/usage/store/reconcile/extent.ts";
import { compareQuarters } from "#lib/usage/store/reconcile/quarters.ts";
import {
  reopenBlocks,
  repairMonths,
  repairQuarters,
  repairQuotas,
} from "#lib/usage/store/reconcile/repair.ts";
import { createReport, type Drift, type ReconcileReport } from "./report.ts";

export interface ReconcileOptions {
  repair: boolean;
  /** Told after each day and month. */
  onProgress?(done: number, total: number): Promise<void>;
}

const dayMs = 86_400_000;
/** A comparison gives a thousand differences at most: a day with more is gone over again. */
const mostRounds = 100;

interface Run {
  db: Db;
  repair: boolean;
  book: ReturnType<typeof createReport>;
}

type DaySpan = { from: Date; to: Date };

/**
 * Compares what is added up with the requests, day by day and then month by month, so that no single query grows with the installation:
 * quarters of an hour, blocks, monthly budgets and daily quotas. With `repair` it sets right what differs, from the requests.
 */
export async function runReconciliation(db: Db, options: ReconcileOptions): Promise<ReconcileReport> {
  const now = new Date();
  const extent = (await getExtent(db)) ?? { from: now, to: now, monthsFrom: now, keptFrom: null };
  const run: Run = { db, repair: options.repair, book: createReport(extent) };
  const days = daysOf(extent);
  const months = monthsOf({ from: extent.monthsFrom, to: extent.to });
  const total = days.length + months.length;
  let done = 0;
  const step = async () => {
    done += 1;
    await options.onProgress?.(done, total);
  };
  for (const day of days) {
    await checkQuarters(run, day);
    await checkBlocks(run, day);
    await checkQuotas(run, day);
    await step();
  }
  for (const month of months) {
    await checkMonths(run, month);
    await step();
  }
  return run.book.report;
}

async function checkQuarters({ db, repair, book }: Run, day: DaySpan): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const { rows, differences } = await compareQuarters(db, day);
    if (round === 0) book.count(rows.requests, rows.costNanoUsd);
    if (differences.length === 0) return;
    if (repair) await repairQuarters(db, differences);
    const drifts = differences.map(
      (each): Drift => ({
        what: [each.quarter.toISOString(), each.accountId, each.subject, each.model, each.status].join(" "),
        rows: each.rows.costNanoUsd,
        stored: each.rollUp.costNanoUsd,
      }),
    );
    book.add("quarters", drifts, repair ? differences.length : 0);
    if (!repair) return;
  }
}

/** What a repaired quarter leaves behind is no drift of its own: its blocks are being made anew. */
async function checkBlocks({ db, repair, book }: Run, day: DaySpan): Promise<void> {
  const differences = await compareBlocks(db, day);
  if (differences.length === 0) return;
  if (repair) await reopenBlocks(db, day.from);
  const drifts = differences.map(
    (each): Drift => ({
      what: [each.startsAt.toISOString(), each.level, each.accountId].join(" ").trim(),
      rows: each.quartersNanoUsd,
      stored: each.blockNanoUsd,
    }),
  );
  book.add("blocks", drifts, repair ? differences.length : 0);
}

async function checkQuotas({ db, repair, book }: Run, day: DaySpan): Promise<void> {
  const differences = await compareQuotas(db, day);
  if (differences.length === 0) return;
  if (repair) await repairQuotas(db, day);
  const drifts = differences.map(
    (each): Drift => ({
      what: `${each.day} ${each.accountId}`,
      rows: BigInt(each.rows),
      stored: BigInt(each.stored),
    }),
  );
  book.add("quotas", drifts, repair ? differences.length : 0);
}

async function checkMonths({ db, repair, book }: Run, month: DaySpan): Promise<void> {
  const differences = await compareMonths(db, month);
  if (differences.length === 0) return;
  if (repair) await repairMonths(db, month);
  const drifts = differences.map(
    (each): Drift => ({
      what: `${each.month} ${each.holderId}`,
      rows: each.rows.spentNanoUsd + each.rows.reservedNanoUsd,
      stored: each.stored.spentNanoUsd + each.stored.reservedNanoUsd,
    }),
  );
  book.add("months", drifts, repair ? differences.length : 0);
}

function daysOf({ from, to }: DaySpan): DaySpan[] {
  const count = Math.ceil((to.getTime() - from.getTime()) / dayMs);
  return Array.from({ length: count }, (_, index) => ({
    from: new Date(from.getTime() + index * dayMs),
    to: new Date(from.getTime() + (index + 1) * dayMs),
  }));
}

function monthsOf({ from, to }: DaySpan): DaySpan[] {
  const months: DaySpan[] = [];
  for (let month = monthAround(from); month.start < to; month = monthAround(month.end)) {
    months.push({ from: month.start, to: month.end });
  }
  return months;
}
