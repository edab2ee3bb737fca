import { type ExportColumn, exactDollars } from "./export-format.ts";
import type { ExportedRequest } from "./store/usage-export.ts";
import type { BreakdownRow } from "./usage-panels.ts";
import type { UsageStack } from "./usage-question.ts";

/** A line for each request. Times are ISO 8601 in UTC. */
export const requestColumns: readonly ExportColumn<ExportedRequest>[] = [
  { name: "id", of: ({ id }) => id },
  { name: "created_at", of: ({ createdAt }) => createdAt },
  { name: "source", of: ({ source }) => source },
  { name: "key_id", of: ({ keyId }) => keyId },
  { name: "key_name", of: ({ keyName }) => keyName },
  { name: "model", of: ({ model }) => model },
  { name: "endpoint", of: ({ endpoint }) => endpoint },
  { name: "tag", of: ({ tag }) => tag },
  { name: "status", of: ({ status }) => status },
  { name: "http_status", of: ({ httpStatus }) => httpStatus },
  { name: "error_code", of: ({ errorCode }) => errorCode },
  { name: "finish_reason", of: ({ finishReason }) => finishReason },
  { name: "upstream", of: ({ upstream }) => upstream },
  { name: "estimated", of: ({ estimated }) => estimated },
  { name: "prompt_tokens", of: ({ promptTokens }) => promptTokens },
  { name: "cached_tokens", of: ({ cachedTokens }) => cachedTokens },
  { name: "completion_tokens", of: ({ completionTokens }) => completionTokens },
  { name: "reasoning_tokens", of: ({ reasoningTokens }) => reasoningTokens },
  { name: "input_price_nano_usd", of: ({ inputPriceNanoUsd }) => inputPriceNanoUsd },
  { name: "cached_input_price_nano_usd", of: ({ cachedInputPriceNanoUsd }) => cachedInputPriceNanoUsd },
  { name: "output_price_nano_usd", of: ({ outputPriceNanoUsd }) => outputPriceNanoUsd },
  { name: "cost_nano_usd", of: ({ costNanoUsd }) => BigInt(costNanoUsd) },
  { name: "cost_usd", of: ({ costNanoUsd }) => exactDollars(BigInt(costNanoUsd)) },
  { name: "saved_nano_usd", of: ({ savedNanoUsd }) => BigInt(savedNanoUsd) },
  { name: "saved_usd", of: ({ savedNanoUsd }) => exactDollars(BigInt(savedNanoUsd)) },
  { name: "time_to_first_token_ms", of: ({ timeToFirstTokenMs }) => timeToFirstTokenMs },
  { name: "total_ms", of: ({ totalMs }) => totalMs },
];

/** A line for each row of the breakdown; `nameOf` gives what a value is called, such as a key's name. */
export function breakdownColumns(
  by: UsageStack,
  nameOf: (value: string) => string | null,
): readonly ExportColumn<BreakdownRow>[] {
  return [
    { name: by === "kind" ? "model" : by, of: ({ value }) => value },
    { name: "name", of: ({ value }) => nameOf(value) },
    { name: "requests", of: ({ figures }) => figures.requests },
    { name: "failures", of: ({ figures }) => figures.failures },
    { name: "estimated", of: ({ figures }) => figures.estimated },
    { name: "prompt_tokens", of: ({ figures }) => figures.promptTokens },
    { name: "cached_tokens", of: ({ figures }) => figures.cachedTokens },
    { name: "completion_tokens", of: ({ figures }) => figures.completionTokens },
    { name: "reasoning_tokens", of: ({ figures }) => figures.reasoningTokens },
    { name: "cost_nano_usd", of: ({ figures }) => figures.costNanoUsd },
    { name: "cost_usd", of: ({ figures }) => exactDollars(figures.costNanoUsd) },
    { name: "saved_nano_usd", of: ({ figures }) => figures.savedNanoUsd },
    { name: "saved_usd", of: ({ figures }) => exactDollars(figures.savedNanoUsd) },
  ];
}
