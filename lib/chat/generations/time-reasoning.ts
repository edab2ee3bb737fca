import type { ChatChunk } from "../message.ts";

type ReasoningMetadata = Extract<ChatChunk, { type: "reasoning-start" }>["providerMetadata"];

/**
 * Stamps stretches of thinking with when they began and ended, in ms since 1970: `providerMetadata.aigateway`. Each
 * chunk carries all that is known so far, since the SDK's reader keeps only the last metadata it saw.
 */
export function createReasoningTimer(now: () => number): (chunk: ChatChunk) => ChatChunk {
  const known = new Map<string, ReasoningMetadata>();
  return (chunk) => {
    if (
      chunk.type !== "reasoning-start" &&
      chunk.type !== "reasoning-delta" &&
      chunk.type !== "reasoning-end"
    ) {
      return chunk;
    }
    const before = known.get(chunk.id);
    const aigateway = {
      ...(before?.aigateway ?? { startedAt: now() }),
      ...(chunk.type === "reasoning-end" ? { endedAt: now() } : {}),
    };
    const openai = { ...before?.openai, ...chunk.providerMetadata?.openai };
    const providerMetadata = { ...before, ...chunk.providerMetadata, openai, aigateway };
    if (chunk.type === "reasoning-end") known.delete(chunk.id);
    else known.set(chunk.id, providerMetadata);
    return { ...chunk, providerMetadata };
  };
}
