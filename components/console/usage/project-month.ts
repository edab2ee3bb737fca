import { monthAround } from "#lib/usage/allowances.ts";

export interface Projection {
  spentNanoUsd: bigint;
  /** What the month comes to if it goes on as it has so far. */
  projectedNanoUsd: bigint;
  budgetNanoUsd: bigint | null;
  /** The projection as a share of the budget, in whole per cent. */
  share: number;
  tone: "accent" | "warning" | "danger";
  /** The next month's beginning, 00:00 UTC. */
  endsAt: Date;
}

/** No share of a month is so small that a first request is taken for a month's pace. */
const leastElapsedMs = 86_400_000;

/** The UTC month's spend carried on at its pace so far, beside the budget. */
export function projectMonth({
  spentNanoUsd,
  budgetNanoUsd,
  now,
}: {
  spentNanoUsd: bigint;
  budgetNanoUsd: bigint | null;
  now: Date;
}): Projection {
  const { start, end } = monthAround(now);
  const elapsedMs = BigInt(Math.max(now.getTime() - start.getTime(), leastElapsedMs));
  const projectedNanoUsd = (spentNanoUsd * BigInt(end.getTime() - start.getTime())) / elapsedMs;
  const share =
    budgetNanoUsd === null || budgetNanoUsd <= 0n ? 0 : Number((projectedNanoUsd * 100n) / budgetNanoUsd);
  const spentAll = budgetNanoUsd !== null && spentNanoUsd >= budgetNanoUsd;
  const tone = spentAll ? "danger" : share > 100 ? "warning" : "accent";
  return { spentNanoUsd, projectedNanoUsd, budgetNanoUsd, share, tone, endsAt: end };
}
