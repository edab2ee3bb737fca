import { latencyStartsMs, latencyUnit } from "../latency.ts";

/** The columns that quarters and blocks add up. */
export const summedColumns = [
  "requests",
  "estimated",
  "prompt_tokens",
  "cached_tokens",
  "completion_tokens",
  "reasoning_tokens",
  "cost_nano_usd",
  "saved_nano_usd",
] as const;

/** Histograms (see latency.ts). */
export const latencyColumns = ["first_token_times", "total_times"] as const;

const latencyOf = (column: string) => `coalesce(array_agg(${latencyUnit} + width_bucket(${column},
    '{${latencyStartsMs.join(",")}}'::int[])) FILTER (WHERE ${column} IS NOT NULL), '{}')`;

/** What tells quarters apart, as `requests` has it, in the order of `quarterColumns`. */
export const quarterKeySql = `account_id, coalesce(key_id, 'chat'), tag, model,
  date_bin('15 minutes', created_at, '2000-01-01T00:00Z'), source, status, coalesce(error_code, '')`;

/** What a quarter holds of settled requests, in the order of `quarterColumns`. */
export const quarterSumsSql = `count(*), count(*) FILTER (WHERE estimated), sum(prompt_tokens), sum(cached_tokens),
  sum(completion_tokens), sum(reasoning_tokens), sum(cost_nano_usd),
  sum(cached_tokens::bigint * (input_price_nano_usd - cached_input_price_nano_usd)),
  ${latencyOf("time_to_first_token_ms")},
  ${latencyOf("total_ms")}`;

export const quarterColumns = `account_id, subject, tag, model, quarter, source, status, error_code,
  ${[...summedColumns, ...latencyColumns].join(", ")}`;

/** A histogram with each bucket once, in order; of a query's parameter or column. */
export function mergedLatencySql(histogram: string): string {
  return `ARRAY(SELECT sum(entry / ${latencyUnit})::bigint * ${latencyUnit} + entry % ${latencyUnit}
      FROM unnest(${histogram}) AS entry GROUP BY entry % ${latencyUnit} ORDER BY entry % ${latencyUnit})`;
}

/** Buckets are put together only when a list has grown: most rows hold a few requests. */
const longList = 96;

const addedLatency = (column: string) => {
  const both = `h.${column} || excluded.${column}`;
  return `${column} = CASE WHEN cardinality(h.${column}) + cardinality(excluded.${column}) <= ${longList} THEN ${both}
      ELSE ${mergedLatencySql(both)} END`;
};

/** Moves the quarters by the rows of `settled`, in a fixed order. */
export const moveQuartersSql = `INSERT INTO usage_quarters AS h (${quarterColumns})
  SELECT ${quarterKeySql}, ${quarterSumsSql}
  FROM settled
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ORDER BY 1, 5, 2, 4, 3, 7, 8
  ON CONFLICT (account_id, quarter, subject, model, tag, status, error_code) DO UPDATE SET
    ${summedColumns.map((column) => `${column} = h.${column} + excluded.${column}`).join(",\n    ")},
    ${latencyColumns.map(addedLatency).join(",\n    ")}`;
