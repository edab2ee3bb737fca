import { z } from "zod";

/** Columns of JSON hold no bigints: money and counts are digits. */
const digits = z.string().regex(/^-?\d+$/);

const kindSchema = z.object({
  /** How many differed. */
  found: z.int(),
  /** How many were set right. */
  repaired: z.int(),
  /** The first of them: what it is, and what both sides say, in nano-USD, or requests for quotas. */
  examples: z.array(z.object({ what: z.string(), rows: digits, stored: digits })),
});

export const reportSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Since when single requests are kept; null for ever. */
  keptFrom: z.iso.datetime().nullable(),
  requests: digits,
  costNanoUsd: digits,
  quarters: kindSchema,
  blocks: kindSchema,
  months: kindSchema,
  quotas: kindSchema,
});

export type ReconcileReport = z.infer<typeof reportSchema>;
export type DriftKind = "quarters" | "blocks" | "months" | "quotas";
export const driftKinds = ["quarters", "blocks", "months", "quotas"] as const satisfies readonly DriftKind[];

const mostExamples = 20;

export interface Drift {
  what: string;
  rows: bigint;
  stored: bigint;
}

/** A report to which comparisons are added as they are made. */
export function createReport(extent: { from: Date; to: Date; keptFrom: Date | null }) {
  const kind = () => ({ found: 0, repaired: 0, examples: [] });
  const report: ReconcileReport = {
    from: extent.from.toISOString(),
    to: extent.to.toISOString(),
    keptFrom: extent.keptFrom?.toISOString() ?? null,
    requests: "0",
    costNanoUsd: "0",
    quarters: kind(),
    blocks: kind(),
    months: kind(),
    quotas: kind(),
  };
  return {
    report,
    count(requests: bigint, costNanoUsd: bigint) {
      report.requests = (BigInt(report.requests) + requests).toString();
      report.costNanoUsd = (BigInt(report.costNanoUsd) + costNanoUsd).toString();
    },
    add(of: DriftKind, drifts: readonly Drift[], repaired: number) {
      const entry = report[of];
      entry.found += drifts.length;
      entry.repaired += repaired;
      for (const { what, rows, stored } of drifts) {
        if (entry.examples.length >= mostExamples) break;
        entry.examples.push({ what, rows: rows.toString(), stored: stored.toString() });
      }
    },
  };
}

/** Whether everything agreed, or was set right. */
export function isRight(report: ReconcileReport): boolean {
  return driftKinds.every((kind) => report[kind].found <= report[kind].repaired);
}
