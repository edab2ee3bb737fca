import type { ChatChunk, ChatCompletion } from "./chat-completions.ts";

/** Tokens of one call. `promptTokens` includes the cached ones, `completionTokens` the reasoning ones. */
export interface TokenUsage {
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
}

/**
 * The usage a chunk or a completion reports, or null when it reports none; zero reported is zero, not null. Reads the top
 * level first, then `choices[0].usage`, where Moonshot puts it. More cached than prompt tokens, or more reasoning than
 * completion tokens (both seen from real hosts), are cut to what was billed.
 */
export function readUsage(source: ChatChunk | ChatCompletion): TokenUsage | null {
  return readUsageFields(source.usage) ?? readUsageFields(source.choices[0]?.usage);
}

/** The chunk that `stream_options.include_usage` asks for: usage and no choices. */
export function isUsageOnlyChunk(chunk: ChatChunk): boolean {
  return chunk.choices.length === 0 && readUsageFields(chunk.usage) !== null;
}

function readUsageFields(usage: unknown): TokenUsage | null {
  const prompt = count(usage, "prompt_tokens");
  const completion = count(usage, "completion_tokens");
  if (prompt === null && completion === null) return null;
  const total = count(usage, "total_tokens");
  const promptTokens = prompt ?? Math.max(0, (total ?? 0) - (completion ?? 0));
  const completionTokens = completion ?? Math.max(0, (total ?? 0) - promptTokens);
  const cached =
    count(usage, "cached_tokens") ?? count(field(usage, "prompt_tokens_details"), "cached_tokens");
  const reasoning = count(field(usage, "completion_tokens_details"), "reasoning_tokens");
  return {
    promptTokens,
    cachedTokens: Math.min(cached ?? 0, promptTokens),
    completionTokens,
    reasoningTokens: Math.min(reasoning ?? 0, completionTokens),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function count(usage: unknown, name: string): number | null {
  const value = field(usage, name);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
