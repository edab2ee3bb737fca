import type { ChatChunk } from "../message.ts";

/**
 * Stamps calls of tools with when they began and ended to run, in ms since 1970: `providerMetadata.aigateway`. A call that
 * waited for approval began with the generation that runs it.
 */
export function createToolTimer(now: () => number): (chunk: ChatChunk) => ChatChunk {
  const begunAt = now();
  const startedAt = new Map<string, number>();
  return (chunk) => {
    switch (chunk.type) {
      case "tool-input-available":
        startedAt.set(chunk.toolCallId, now());
        return stamped(chunk, { startedAt: now() });
      case "tool-output-available":
      case "tool-output-error":
        return stamped(chunk, { startedAt: startedAt.get(chunk.toolCallId) ?? begunAt, endedAt: now() });
      default:
        return chunk;
    }
  };
}

type Timed = Extract<
  ChatChunk,
  { type: "tool-input-available" | "tool-output-available" | "tool-output-error" }
>;

function stamped(chunk: Timed, aigateway: { startedAt: number; endedAt?: number }): ChatChunk {
  return { ...chunk, providerMetadata: { ...chunk.providerMetadata, aigateway } };
}
