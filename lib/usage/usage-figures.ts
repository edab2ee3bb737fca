import type { TokenCounts } from "./cost.ts";

/** Sums over settled requests. `failures` counts those that did not succeed, `estimated` those whose tokens were counted here. */
export interface UsageFigures extends Record<keyof TokenCounts, bigint> {
  requests: bigint;
  failures: bigint;
  estimated: bigint;
  costNanoUsd: bigint;
  /** What the cached tokens would have cost more at the full price of input. */
  savedNanoUsd: bigint;
}

export const noFigures: UsageFigures = {
  requests: 0n,
  failures: 0n,
  estimated: 0n,
  promptTokens: 0n,
  cachedTokens: 0n,
  completionTokens: 0n,
  reasoningTokens: 0n,
  costNanoUsd: 0n,
  savedNanoUsd: 0n,
};

const names = Object.keys(noFigures) as (keyof UsageFigures)[];

function combine(a: UsageFigures, b: UsageFigures, how: (a: bigint, b: bigint) => bigint): UsageFigures {
  const result = { ...noFigures };
  for (const name of names) result[name] = how(a[name], b[name]);
  return result;
}

export function addFigures(a: UsageFigures, b: UsageFigures): UsageFigures {
  return combine(a, b, (x, y) => x + y);
}

export function subtractFigures(a: UsageFigures, b: UsageFigures): UsageFigures {
  return combine(a, b, (x, y) => x - y);
}
