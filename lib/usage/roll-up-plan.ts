import type { UsageDimension, UsageScope } from "./usage-filter.ts";

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;

/** Blocks of one length, which hold what quarters of an hour hold but for the dimensions they leave out. */
export interface Level {
  name: string;
  lengthMs: number;
}

interface Family {
  /** Whether a block is of one account, or of all. */
  owner: "account" | "installation";
  holds: readonly UsageDimension[];
  /** Only requests that did not succeed. */
  failing?: boolean;
  /** The longest first. */
  levels: readonly Level[];
  /** Shorter blocks, of a family that holds more. */
  shorter?: readonly Level[];
}

const level = (name: string, minutes: number): Level => ({ name, lengthMs: minutes * minuteMs });

/** Days of most zones are whole hours that begin at no day of UTC's: hours by sixes are fewer. Quarters are for zones off by half an hour. */
const ofInstallation = (name: string) => [
  level(`${name}-1d`, 1440),
  level(`${name}-6h`, 360),
  level(`${name}-1h`, 60),
  level(`${name}-15m`, 15),
];

const keys3h = level("keys-3h", 180);

/** The cheapest to read first. Every dimension is in the last one. */
export const families = [
  { owner: "installation", holds: [], levels: ofInstallation("installation-total") },
  {
    owner: "installation",
    holds: ["model", "source", "status", "error"],
    levels: ofInstallation("installation"),
  },
  {
    owner: "installation",
    holds: ["model", "source", "tag", "status", "error"],
    levels: ofInstallation("installation-tags"),
  },
  {
    owner: "account",
    holds: ["account", "key", "model", "source", "tag", "status", "error"],
    failing: true,
    levels: [level("failing-1d", 1440), level("failing-1h", 60)],
  },
  {
    owner: "account",
    holds: ["account", "model", "source"],
    levels: [level("account-1d", 1440), level("account-6h", 360), level("account-1h", 60)],
  },
  {
    owner: "account",
    holds: ["account", "key", "model", "source", "tag"],
    // All keys of an installation over months are too many rows by days.
    levels: [level("subjects-8d", 8 * 1440), level("subjects-1d", 1440)],
    shorter: [keys3h],
  },
  {
    owner: "account",
    holds: ["account", "key", "model", "source", "tag", "status", "error"],
    levels: [level("keys-1d", 1440), keys3h],
  },
] as const satisfies readonly Family[];

/**
 * The levels that can answer for these dimensions, the longest blocks first; what they leave is read from the quarters. With `failing` only
 * requests that did not succeed are asked about.
 */
export function levelsFor(
  scope: UsageScope,
  dimensions: readonly UsageDimension[],
  failing = false,
): readonly Level[] {
  const all: readonly Family[] = families;
  const found = all.find(
    (family) =>
      (family.owner === "account" || scope.kind === "installation") &&
      (!family.failing || failing) &&
      dimensions.every((dimension) => family.holds.includes(dimension)),
  );
  return [...(found?.levels ?? []), ...(found?.shorter ?? [])];
}

/** A stretch of time read from blocks of a level, or from quarters (null). */
export interface Piece {
  level: Level | null;
  from: Date;
  to: Date;
}

/**
 * How to read the buckets between the edges in the fewest rows: the longest blocks that lie within one bucket, and shorter ones at its
 * ends. Only what ends by `until` is in blocks. The pieces cover the time from the first edge to the last exactly once, but for the
 * buckets whose places are not asked for.
 */
export function planPieces(
  edges: readonly Date[],
  levels: readonly Level[],
  until: Date,
  isAsked: (place: number) => boolean = () => true,
): Piece[] {
  const pieces: Piece[] = [];
  const add = (level: Level | null, from: number, to: number) => {
    const last = pieces.at(-1);
    if (last && last.level === level && last.to.getTime() === from) last.to = new Date(to);
    else pieces.push({ level, from: new Date(from), to: new Date(to) });
  };
  const cover = (from: number, to: number, depth: number) => {
    if (from >= to) return;
    const level = levels[depth];
    if (!level) return add(null, from, to);
    const first = Math.ceil(from / level.lengthMs) * level.lengthMs;
    const end = Math.floor(Math.min(to, until.getTime()) / level.lengthMs) * level.lengthMs;
    if (first >= end) return cover(from, to, depth + 1);
    cover(from, first, depth + 1);
    add(level, first, end);
    cover(end, to, depth + 1);
  };
  for (const [index, edge] of edges.entries()) {
    const next = edges[index + 1];
    if (next && isAsked(index)) cover(edge.getTime(), next.getTime(), 0);
  }
  return pieces;
}

/** The beginning of the quarter of an hour that holds a moment. */
export function quarterAt(time: Date): Date {
  return new Date(Math.floor(time.getTime() / quarterMs) * quarterMs);
}
