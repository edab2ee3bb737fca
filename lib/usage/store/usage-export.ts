import { type Db, eachRow } from "#lib/db/client.ts";
import type { RowReader } from "../export-format.ts";
import type { UsageFilter, UsageRange } from "../usage-filter.ts";

/** A settled request as an export tells it. Integers of 64 bits are texts. */
export interface ExportedRequest {
  id: string;
  /** ISO 8601 in UTC. */
  createdAt: string;
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

/** The account's settled requests of a range that a filter lets through, newest first. Between pages it pauses and holds nothing. */
export function exportRequests(
  db: Db,
  accountId: string,
  { range, filter }: { range: UsageRange; filter: UsageFilter },
): RowReader<ExportedRequest> {
  return async function* (give) {
    let after: RequestPlace | null = null;
    do {
      after = await readPage(db, pageSql(accountId, { range, filter, after }), give);
      yield;
    } while (after);
  };
}

/** Gives the page's last place, if more may follow. */
async function readPage(
  db: Db,
  { sql, values }: { sql: string; values: unknown[] },
  give: (request: ExportedRequest) => void,
): Promise<RequestPlace | null> {
  let count = 0;
  let last: RequestPlace | null = null;
  // Planned for its own values: a plan for any would sort all that is left of the range for each page.
  await eachRow<ExportedRequest & { id: string }>(db, sql, values, (request) => {
    give(request);
    count += 1;
    if (count === pageSize) last = { createdAt: request.createdAt, id: request.id };
  });
  return last;
}

type RequestPlace = Pick<ExportedRequest, "createdAt" | "id">;

interface PageQuestion {
  range: UsageRange;
  filter: UsageFilter;
  after: RequestPlace | null;
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
SELECT r.id, to_char(r.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt", r.source::text AS source, r.key_id AS "keyId", k.name AS "keyName", r.model, r.endpoint,
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
