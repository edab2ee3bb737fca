import { toJsonInteger } from "#lib/usage/json-integer.ts";
import { reportUsage } from "#lib/usage/store/usage-report.ts";
import { type FilledBucket, listBuckets, type UsageResult } from "#lib/usage/usage-buckets.ts";
import { ApiError } from "#lib/wire/errors.ts";
import type { GatewayContext } from "./context.ts";
import { type Exchange, sendJson } from "./exchange.ts";
import { requireCaller } from "./require-caller.ts";
import { readUsageQuery } from "./usage-query.ts";

const maxResults = 10_000;

/** `GET /v1/usage`: the account's usage in buckets, from the roll-ups, in OpenAI's page shape. */
export async function serveUsage(context: GatewayContext, exchange: Exchange): Promise<void> {
  const { accountId } = await requireCaller(context, exchange);
  const [, search] = (exchange.req.url ?? "").split("?", 2);
  const query = readUsageQuery(new URLSearchParams(search), new Date(context.now()));
  const buckets = listBuckets(query, query.width, query.limit);
  const filled = await reportUsage(context.db, accountId, { buckets, groupBy: query.groupBy, maxResults });
  if (!filled) {
    throw new ApiError(
      "invalid_request",
      `There are more than ${maxResults} results on this page. Lower \`limit\`, or group by less.`,
      { param: "limit" },
    );
  }
  const end = buckets.at(-1)?.end;
  const next = end !== undefined && end < query.to ? String(toSeconds(end)) : null;
  sendJson(exchange, toUsagePage(filled, next));
}

/** The body of `GET /v1/usage`. Times are Unix seconds, UTC. */
function toUsagePage(buckets: readonly FilledBucket[], nextPage: string | null) {
  return {
    object: "page",
    data: buckets.map(({ start, end, results }) => ({
      object: "bucket",
      start_time: toSeconds(start),
      end_time: toSeconds(end),
      results: results.map(toResult),
    })),
    has_more: nextPage !== null,
    next_page: nextPage,
  };
}

function toResult(result: UsageResult) {
  return {
    object: "usage.result",
    requests: toJsonInteger(result.requests),
    failures: toJsonInteger(result.failures),
    input_tokens: toJsonInteger(result.promptTokens),
    input_cached_tokens: toJsonInteger(result.cachedTokens),
    output_tokens: toJsonInteger(result.completionTokens),
    reasoning_tokens: toJsonInteger(result.reasoningTokens),
    cost_nano_usd: toJsonInteger(result.costNanoUsd),
    model: result.model,
    key_id: result.keyId,
    source: result.source,
    tag: result.tag,
  };
}

function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
