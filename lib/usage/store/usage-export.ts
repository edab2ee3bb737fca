import { type Db, onConnection } from "#lib/db/client.ts";
import type { UsageFilter, UsageRange } from "../usage-filter.ts";

/** A settled request as an export tells it. Integers of 64 bits are texts. */
export interface ExportedRequest {
  id: string;
  createdAt: Date;
  source: string;
  keyId: string | null;
  keyName: string | null;
  model: string;
  endpoint: string;
  tag: string;
  status: string;
  httpStatus: number | null;
  errorCode: string | null;
  finishReason: string | null;
  upstream: string | null;
  estimated: boolean;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  inputPriceNanoUsd: number;
  cachedInputPriceNanoUsd: number;
  outputPriceNanoUsd: number;
  costNanoUsd: string;
  savedNanoUsd: string;
  timeToFirstTokenMs: number | null;
  totalMs: number | null;
}

const pageSize = 500;

/** The account's settled requests of a range that a filter lets through, newest first, a page at a time: memory stays flat. */
export async function* exportRequests(
  db: Db,
  accountId: string,
  { range, filter }: { range: UsageRange; filter: UsageFilter },
): AsyncGenerator<ExportedRequest[]> {
  let after: { createdAt: Date; id: string } | null = null;
  for (;;) {
    const { sql, values } = pageSql(accountId, { range, filter, after });
    const page = await readPage(db, sql, values);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = { createdAt: last.createdAt, id: last.id };
  }
}

/** Planned for its own values: a plan for any would sort all that is left of the range for each page. */
async function readPage(db: Db, sql: string, values: unknown[]): Promise<ExportedRequest[]> {
  return await onConnection(db, async (query) => {
    await query("BEGIN READ ONLY");
    await query("SET LOCAL plan_cache_mode = force_custom_plan");
    const page = await query<ExportedRequest & { id: string }>(sql, values);
    await query("COMMIT");
    return page;
  });
}

interface PageQuestion {
  range: UsageRange;
  filter: UsageFilter;
  after: { createdAt: Date; id: string } | null;
}

function pageSql(
  accountId: string,
  { range, filter, after }: PageQuestion,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [accountId, range.from, range.to];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const wheres = Object.entries(filterColumns).flatMap(([name, column]) => {
    const wanted = filter[name as keyof typeof filterColumns];
    return wanted === undefined ? [] : [`${column} = ANY(${bind(wanted, "text[]")})`];
  });
  if (after) {
    wheres.push(
      `(r.created_at, r.id) < (${bind(after.createdAt, "timestamptz")}, ${bind(after.id, "text")})`,
    );
  }
  const sql = `
SELECT r.id, r.created_at AS "createdAt", r.source::text AS source, r.key_id AS "keyId", k.name AS "keyName", r.model, r.endpoint,
  r.tag, r.status::text AS status, r.http_status AS "httpStatus", r.error_code AS "errorCode", r.finish_reason AS "finishReason",
  r.upstream, r.estimated, r.prompt_tokens AS "promptTokens", r.cached_tokens AS "cachedTokens",
  r.completion_tokens AS "completionTokens", r.reasoning_tokens AS "reasoningTokens",
  r.input_price_nano_usd AS "inputPriceNanoUsd", r.cached_input_price_nano_usd AS "cachedInputPriceNanoUsd",
  r.output_price_nano_usd AS "outputPriceNanoUsd", r.cost_nano_usd::text AS "costNanoUsd",
  (r.cached_tokens::bigint * (r.input_price_nano_usd - r.cached_input_price_nano_usd))::text AS "savedNanoUsd",
  r.time_to_first_token_ms AS "timeToFirstTokenMs", r.total_ms AS "totalMs"
FROM requests r LEFT JOIN keys k ON k.id = r.key_id
WHERE ${[`r.account_id = $1::text AND r.created_at >= $2::timestamptz AND r.created_at < $3::timestamptz`, "r.status <> 'reserved'", ...wheres].join(" AND ")}
ORDER BY r.created_at DESC, r.id DESC
LIMIT ${pageSize}`;
  return { sql, values };
}

const filterColumns = {
  key: "coalesce(r.key_id, 'chat')",
  model: "r.model",
  source: "r.source::text",
  tag: "r.tag",
  status: "r.status::text",
  error: "coalesce(r.error_code, '')",
};
