import type { MeteredRequest } from "#lib/usage/metered-request.ts";

type Field = string | number | boolean | null;

const columns: Record<string, (request: MeteredRequest) => Field> = {
  id: ({ id }) => id,
  created_at: ({ createdAt }) => createdAt.toISOString(),
  settled_at: ({ settledAt }) => settledAt?.toISOString() ?? null,
  status: ({ status }) => status,
  source: ({ source }) => source,
  key_id: ({ keyId }) => keyId,
  model: ({ model }) => model,
  endpoint: ({ endpoint }) => endpoint,
  tag: ({ tag }) => tag,
  prompt_tokens: ({ usage }) => usage.promptTokens,
  cached_tokens: ({ usage }) => usage.cachedTokens,
  completion_tokens: ({ usage }) => usage.completionTokens,
  reasoning_tokens: ({ usage }) => usage.reasoningTokens,
  estimated: ({ estimated }) => estimated,
  cost_nano_usd: ({ costNanoUsd }) => costNanoUsd.toString(),
  error_code: ({ errorCode }) => errorCode,
  finish_reason: ({ finishReason }) => finishReason,
};

export const usageCsvHead = `${Object.keys(columns).join(",")}\r\n`;

/** A request as a line of RFC 4180. Cost is in whole nano-dollars. */
export function usageCsvLine(request: MeteredRequest): string {
  return `${Object.values(columns)
    .map((read) => toField(read(request)))
    .join(",")}\r\n`;
}

function toField(value: Field): string {
  const text = value === null ? "" : String(value);
  // A spreadsheet would run what begins so.
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
