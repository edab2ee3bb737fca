import type { UsageRange } from "./usage-filter.ts";

/** How many requests a stretch of time holds, by the roll-ups. */
export interface CountedStretch extends UsageRange {
  requests: number;
  /** Whether there may be others, which no roll-up counts yet. */
  open?: boolean;
}

/**
 * The stretches, newest first, in which the newest `wanted` requests before a moment are found, those without any left out and
 * neighbours joined; and the ones after these. The stretch that holds the moment may have been read in part, so it is not relied on.
 */
export function stretchesBefore(
  counted: readonly CountedStretch[],
  before: Date,
  wanted: number,
): { needed: UsageRange[]; rest: UsageRange[] } {
  const needed: UsageRange[] = [];
  const rest: UsageRange[] = [];
  let sure = 0;
  for (const { from, to, requests, open = false } of counted.toReversed()) {
    if (from > before || (requests === 0 && !open)) continue;
    addJoined(sure < wanted ? needed : rest, { from, to });
    if (to <= before) sure += requests;
  }
  return { needed, rest };
}

/** Stretches come newest first; one that ends where the last begins makes it longer. */
function addJoined(stretches: UsageRange[], next: UsageRange): void {
  const last = stretches.at(-1);
  if (last && last.from.getTime() === next.to.getTime()) last.from = next.from;
  else stretches.push({ from: next.from, to: next.to });
}
