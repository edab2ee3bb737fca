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
    holds: ["account", "model", "source", "status", "error"],
    failing: true,
    levels: [level("account-failing-1d", 1440), level("account-failing-1h", 60)],
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
  /** The place of the bucket that it is added to, and of the one that it is taken from. */
  plus: number | null;
  minus: number | null;
}

/**
 * How to read the buckets between the edges in few rows. An edge within a long block is read from that block's nearer end, and what lies
 * between is added to the bucket on one side of the edge and taken from the other: a day that begins at 22:00 is the day of UTC with two
 * hours more and two less. Only what ends by `until` is in blocks. Added up with their signs, the pieces are each bucket exactly once,
 * but for the buckets whose places are not asked for.
 */
export function planPieces(
  edges: readonly Date[],
  levels: readonly Level[],
  until: Date,
  isAsked: (place: number) => boolean = () => true,
): Piece[] {
  const pieces: Piece[] = [];
  const latest = new Map<string, Piece>();
  const share = ({ level, from, to, sign }: LeveledSpan, place: number) => {
    const side = sign === 1 ? "plus" : "minus";
    const name = `${level?.name} ${from} ${to}`;
    const known = latest.get(name);
    if (known && known[side] === null) {
      known[side] = place;
      return;
    }
    const piece = { level, from: new Date(from), to: new Date(to), plus: null, minus: null, [side]: place };
    pieces.push(piece);
    latest.set(name, piece);
  };
  for (const [place, edge] of edges.entries()) {
    const next = edges[place + 1];
    if (!next || !isAsked(place)) continue;
    const bucket = { from: edge.getTime(), to: next.getTime(), sign: 1 } as const;
    for (const span of cover(bucket, levels, until.getTime())) share(span, place);
  }
  return pieces;
}

/** In milliseconds since 1970. */
interface SignedSpan {
  from: number;
  to: number;
  sign: 1 | -1;
}

interface LeveledSpan extends SignedSpan {
  level: Level | null;
}

/** A span as blocks of the first level that is not too long, and at both ends what these have too much or too little, in shorter ones. */
function cover(span: SignedSpan, [level, ...shorter]: readonly Level[], until: number): LeveledSpan[] {
  if (!level) return [{ ...span, level: null }];
  const { from, to, sign } = span;
  const blocksEnd = Math.floor(until / level.lengthMs) * level.lengthMs;
  const nearest = (time: number) => Math.round(time / level.lengthMs) * level.lengthMs;
  const first = nearest(from);
  const end = Math.min(nearest(to), blocksEnd);
  if (2 * (to - from) <= level.lengthMs || first >= end) return cover(span, shorter, until);
  const between = (a: number, b: number): SignedSpan[] => {
    if (a === b) return [];
    return a < b ? [{ from: a, to: b, sign }] : [{ from: b, to: a, sign: sign === 1 ? -1 : 1 }];
  };
  return [
    { from: first, to: end, sign, level },
    ...[...between(from, first), ...between(end, to)].flatMap((rest) => cover(rest, shorter, until)),
  ];
}

/** The beginning of the quarter of an hour that holds a moment. */
export function quarterAt(time: Date): Date {
  return new Date(Math.floor(time.getTime() / quarterMs) * quarterMs);
}
