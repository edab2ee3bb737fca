import type { Db } from "#lib/db/client.ts";
import { countedStretch } from "../log-histogram.ts";
import { type CountedStretch, stretchesBefore } from "../log-stretches.ts";
import { isFailing, type UsageFilter, type UsageRange } from "../usage-filter.ts";
import { readUsage, sumBuckets } from "./usage-sums.ts";

const lengthsMs = [3_600_000, 900_000];

interface ToNarrow {
  filter: UsageFilter;
  stretches: readonly CountedStretch[];
  before: Date;
  wanted: number;
  now: Date;
}

/**
 * The stretches in which the newest `wanted` requests of the whole installation before a moment are found, down to a quarter of an hour,
 * and those before them as they are. All accounts' requests of a day are too many to be read for the few that are wanted, and no index
 * holds them by time: it would make every settlement dearer. What did not succeed is rare and has one.
 */
export async function narrowStretches(
  db: Db,
  { filter, stretches, before, wanted, now }: ToNarrow,
): Promise<CountedStretch[]> {
  let narrowed = [...stretches];
  if (isFailing(filter)) return narrowed;
  for (const lengthMs of lengthsMs) {
    const { needed } = stretchesBefore(narrowed, before, wanted);
    const oldest = needed.at(-1);
    if (!oldest) return narrowed;
    const counted = await countWithin(db, filter, needed.toReversed(), { lengthMs, now });
    narrowed = [...narrowed.filter(({ from }) => from < oldest.from), ...counted];
  }
  return narrowed;
}

/** The requests within ranges, which rise, counted by pieces of a length. */
async function countWithin(
  db: Db,
  filter: UsageFilter,
  ranges: readonly UsageRange[],
  { lengthMs, now }: { lengthMs: number; now: Date },
): Promise<CountedStretch[]> {
  const pieces = ranges.flatMap(({ from, to }) => piecesOf(from.getTime(), to.getTime(), lengthMs));
  const edges: Date[] = [];
  const placeOf = new Map<number, UsageRange>();
  for (const piece of pieces) {
    if (edges.at(-1)?.getTime() !== piece.from.getTime()) edges.push(piece.from);
    placeOf.set(edges.length - 1, piece);
    edges.push(piece.to);
  }
  const sums = await readUsage(db, { kind: "installation" }, filter, (reader) =>
    sumBuckets(reader, edges, [], (place) => placeOf.has(place)),
  );
  const counts = new Map(sums.map(({ place, requests }) => [place, Number(requests)]));
  return [...placeOf].map(([place, piece]) => countedStretch(piece, counts.get(place) ?? 0, now));
}

function piecesOf(fromMs: number, toMs: number, lengthMs: number): UsageRange[] {
  const count = Math.ceil((toMs - fromMs) / lengthMs);
  return Array.from({ length: count }, (_, index) => ({
    from: new Date(fromMs + index * lengthMs),
    to: new Date(Math.min(toMs, fromMs + (index + 1) * lengthMs)),
  }));
}
