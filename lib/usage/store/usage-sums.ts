import { type Db, onConnection, type Query } from "#lib/db/client.ts";
import { type LatencyCounts, latencyUnit } from "../latency.ts";
import { type Level, levelsFor, type Piece, planPieces } from "../roll-up-plan.ts";
import type { UsageFigures } from "../usage-figures.ts";
import {
  filteredDimensions,
  isFailing,
  type UsageDimension,
  type UsageFilter,
  type UsageScope,
} from "../usage-filter.ts";

/** Reads of one moment: what is read through it agrees with each other whatever is settled meanwhile. */
export interface UsageReader {
  query: Query;
  scope: UsageScope;
  filter: UsageFilter;
  /** How far blocks reach. */
  until: Date;
}

/** Runs reads of the usage of `scope`, all of them of one moment. */
export async function readUsage<T>(
  db: Db,
  scope: UsageScope,
  filter: UsageFilter,
  work: (reader: UsageReader) => Promise<T>,
): Promise<T> {
  return await onConnection(db, async (query) => {
    await query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // Compiling a statement takes longer than these run.
    await query("SET LOCAL jit = off");
    const [state] = await query<{ until: Date }>("SELECT until FROM usage_blocks_state");
    const result = await work({ query, scope, filter, until: state?.until ?? new Date(0) });
    await query("COMMIT");
    return result;
  });
}

/** Sums of a bucket, and of one value of each dimension that was asked for. */
export interface UsageSum extends UsageFigures {
  /** The bucket's place among the edges, from 0. */
  place: number;
  /** In the order in which they were asked for. */
  values: string[];
}

const figureColumns = [
  "requests",
  "failures",
  "estimated",
  "prompt_tokens",
  "cached_tokens",
  "completion_tokens",
  "reasoning_tokens",
  "cost_nano_usd",
  "saved_nano_usd",
] as const;

/**
 * Sums between the edges, which rise and are quarters of an hour, for each bucket
 * (of those asked for) and value of the dimensions; those without requests left out.
 */
export async function sumBuckets(
  reader: UsageReader,
  edges: readonly Date[],
  groupBy: readonly UsageDimension[] = [],
  isAsked?: (place: number) => boolean,
): Promise<UsageSum[]> {
  const { sql, values } = unionSql(reader, edges, { groupBy, columns: figureColumns, isAsked });
  const groups = groupBy.map((_, index) => `value_${index}`);
  const rows = await reader.query<Record<string, string> & { place: number }>(
    `SELECT place, ${[...groups, ...figureColumns.map((column) => `sum(${column})::text AS ${column}`)].join(", ")}
     FROM (${sql}) AS pieces GROUP BY ${["place", ...groups].join(", ")}`,
    values,
  );
  return rows.map((row) => ({
    ...toFigures(row),
    place: row.place,
    values: groups.map((group) => row[group] ?? ""),
  }));
}

function toFigures(row: Record<string, string | number>): UsageFigures {
  const figure = (column: (typeof figureColumns)[number]) => BigInt(row[column] ?? 0);
  return {
    requests: figure("requests"),
    failures: figure("failures"),
    estimated: figure("estimated"),
    promptTokens: figure("prompt_tokens"),
    cachedTokens: figure("cached_tokens"),
    completionTokens: figure("completion_tokens"),
    reasoningTokens: figure("reasoning_tokens"),
    costNanoUsd: figure("cost_nano_usd"),
    savedNanoUsd: figure("saved_nano_usd"),
  };
}

/** Histograms of each bucket between the edges: of the time to the first token, and of the total. */
export async function countLatencies(
  reader: UsageReader,
  edges: readonly Date[],
): Promise<{ firstToken: Map<number, LatencyCounts>; total: Map<number, LatencyCounts> }> {
  const { sql, values } = unionSql(reader, edges, {
    groupBy: [],
    columns: ["first_token_times", "total_times"],
  });
  const rows = await reader.query<{ place: number; first: boolean; bucket: number; count: string }>(
    `SELECT place, first, (entry % ${latencyUnit})::int AS bucket, sum(entry / ${latencyUnit})::text AS count
     FROM (${sql}) AS pieces, LATERAL (
       SELECT true AS first, entry FROM unnest(first_token_times) AS entry
       UNION ALL SELECT false, entry FROM unnest(total_times) AS entry) AS entries
     GROUP BY 1, 2, 3`,
    values,
  );
  const counts = {
    firstToken: new Map<number, Map<number, number>>(),
    total: new Map<number, Map<number, number>>(),
  };
  for (const { place, first, bucket, count } of rows) {
    const places = first ? counts.firstToken : counts.total;
    const buckets = places.get(place) ?? new Map<number, number>();
    places.set(place, buckets.set(bucket, Number(count)));
  }
  return counts;
}

interface Wanted {
  groupBy: readonly UsageDimension[];
  columns: readonly string[];
  /** By a bucket's place; all, if left out. */
  isAsked?: ((place: number) => boolean) | undefined;
}

type Bind = (value: unknown, type: string) => string;

/** The rows of all pieces as `place`, `value_0` … and the wanted columns. */
function unionSql(
  { scope, filter, until }: UsageReader,
  edges: readonly Date[],
  { groupBy, columns, isAsked }: Wanted,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind: Bind = (value, type) => `$${values.push(value)}::${type}`;
  const edgesSql = bind(edges, "timestamptz[]");
  const selects = splitByKey(scope, filter).flatMap((part) => {
    const named = part.isChat ? groupBy.filter((dimension) => dimension !== "key") : groupBy;
    const asked = [...new Set([...named, ...filteredDimensions(part.filter)])];
    const pieces = planPieces(edges, levelsFor(scope, asked, isFailing(part.filter)), until, isAsked);
    const wheres = conditionsSql(scope, part, bind);
    const groups = groupBy.map((dimension, index) =>
      part.isChat && dimension === "key"
        ? `'chat' AS value_${index}`
        : `${columnOf[dimension]} AS value_${index}`,
    );
    return [...Map.groupBy(pieces, ({ level }) => level)].map(([level, ofLevel]) => {
      const start = level ? "starts_at" : "quarter";
      const inLevel = level ? levelSql(level, scope) : [];
      const sums = columns.map((column) => (level || column !== "failures" ? column : quarterFailuresSql));
      return `SELECT width_bucket(${start}, ${edgesSql}) - 1 AS place, ${[...groups, ...sums].join(", ")}
      FROM ${stretchesSql(ofLevel, bind)}, LATERAL (
        SELECT * FROM ${level ? "usage_blocks" : "usage_quarters"}
        WHERE ${[...inLevel, ...wheres, `${start} >= since AND ${start} < until`].join(" AND ")}
        OFFSET 0) AS found`;
    });
  });
  return { sql: selects.join(" UNION ALL "), values };
}

interface FilterPart {
  filter: UsageFilter;
  /** Whether all of it is the chat's, which in roll-ups stands for a key. */
  isChat: boolean;
  /** Only accounts that own these keys. */
  ownersOf: readonly string[] | null;
}

/**
 * Of the whole installation the chat is read by its source and keys through the accounts that own them: either is a few rows, while keys
 * alone lead to none.
 */
function splitByKey({ kind }: UsageScope, filter: UsageFilter): FilterPart[] {
  const { key, ...others } = filter;
  if (kind === "account" || key === undefined) return [{ filter, isChat: false, ownersOf: null }];
  const keys = key.filter((id) => id !== "chat");
  const chat = key.length > keys.length && (others.source?.includes("chat") ?? true);
  return [
    ...(chat
      ? [{ filter: { ...others, source: ["chat"] } satisfies UsageFilter, isChat: true, ownersOf: null }]
      : []),
    ...(keys.length > 0 || !chat
      ? [{ filter: { ...others, key: keys }, isChat: false, ownersOf: keys }]
      : []),
  ];
}

const columnOf: Record<UsageDimension, string> = {
  account: "account_id",
  key: "subject",
  model: "model",
  source: "source::text",
  tag: "tag",
  status: "status::text",
  error: "error_code",
};

const quarterFailuresSql = "CASE WHEN status = 'succeeded' THEN 0 ELSE requests END AS failures";

function conditionsSql(scope: UsageScope, { filter, ownersOf }: FilterPart, bind: Bind): string[] {
  return [
    ...(ownersOf
      ? [`account_id = ANY(ARRAY(SELECT account_id FROM keys WHERE id = ANY(${bind(ownersOf, "text[]")})))`]
      : []),
    ...(scope.kind === "account" ? [`account_id = ${bind(scope.accountId, "text")}`] : []),
    ...filteredDimensions(filter).map(
      (dimension) => `${columnOf[dimension]} = ANY(${bind(filter[dimension], "text[]")})`,
    ),
  ];
}

/** Blocks of the whole installation are of no account. */
function levelSql({ name }: Level, scope: UsageScope): string[] {
  const ofAll = scope.kind === "installation" && name.startsWith("installation");
  return [`level = '${name}'`, ...(ofAll ? ["account_id = ''"] : [])];
}

/** Each stretch is looked up by itself (`OFFSET 0`), so that the index leads to it. */
function stretchesSql(pieces: readonly Piece[], bind: Bind): string {
  const since = bind(
    pieces.map(({ from }) => from),
    "timestamptz[]",
  );
  const until = bind(
    pieces.map(({ to }) => to),
    "timestamptz[]",
  );
  return `unnest(${since}, ${until}) AS stretch(since, until)`;
}
