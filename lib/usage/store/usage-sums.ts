import { type Db, onConnection, type Query } from "#lib/db/client.ts";
import { type LatencyCounts, latencyUnit } from "../latency.ts";
import type { UsageFigures } from "../usage-figures.ts";
import type { UsageDimension, UsageFilter, UsageScope } from "../usage-filter.ts";
import { type AskedUsage, oneBucketSql, piecesSql, placesSql } from "./pieces-sql.ts";
import { latencyColumns } from "./quarter-sql.ts";

/** Reads of one moment: what is read through it agrees with each other whatever is settled meanwhile. */
export interface UsageReader extends AskedUsage {
  query: Query;
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
  const { sql, values } = piecesSql(reader, edges, { groupBy, columns: figureColumns, isAsked });
  const groups = groupBy.map((_, index) => `value_${index}`);
  const asked = { groups, columns: figureColumns };
  const rows = await reader.query<Record<string, string> & { place: number }>(
    edges.length === 2 ? oneBucketSql(sql, asked) : placesSql(bothSidesSql(sql, groups), asked),
    values,
  );
  return rows.map((row) => ({
    ...toFigures(row),
    place: row.place,
    values: groups.map((group) => row[group] ?? ""),
  }));
}

/** By bucket and side, since a piece has far fewer sums than rows. */
function bothSidesSql(pieces: string, groups: readonly string[]): string {
  const by = ["plus", "minus", ...groups].join(", ");
  const sums = figureColumns.map((column) => `sum(${column})::bigint AS ${column}`).join(", ");
  return `SELECT ${by}, ${sums} FROM (${pieces}) AS pieces GROUP BY ${by}`;
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
  const { sql, values } = piecesSql(reader, edges, { groupBy: [], columns: latencyColumns });
  const summed = `SELECT plus, minus, first, (entry % ${latencyUnit})::int AS bucket, sum(entry / ${latencyUnit}) AS requests
    FROM (${sql}) AS pieces, LATERAL (
      SELECT true AS first, entry FROM unnest(first_token_times) AS entry
      UNION ALL SELECT false, entry FROM unnest(total_times) AS entry) AS entries
    GROUP BY 1, 2, 3, 4`;
  const rows = await reader.query<{ place: number; first: boolean; bucket: number; requests: string }>(
    placesSql(summed, { groups: ["first", "bucket"], columns: ["requests"] }),
    values,
  );
  const counts = {
    firstToken: new Map<number, Map<number, number>>(),
    total: new Map<number, Map<number, number>>(),
  };
  for (const { place, first, bucket, requests } of rows) {
    const places = first ? counts.firstToken : counts.total;
    const buckets = places.get(place) ?? new Map<number, number>();
    places.set(place, buckets.set(bucket, Number(requests)));
  }
  return counts;
}
