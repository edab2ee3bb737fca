import type { ModelPrices } from "#lib/models/model.ts";
import { costOf } from "#lib/usage/cost.ts";

export interface AgentLoop {
  turns: number;
  /** System prompt and tool definitions, the same in every turn. */
  prefixTokens: number;
  /** What each turn adds to the input: the person's words or a tool's result. */
  newTokens: number;
  outputTokens: number;
}

/**
 * What a loop costs in nano-USD whose every turn sends the whole conversation so far: with the input of the turn before read
 * from the cache, and without a cache.
 */
export function costOfLoop(loop: AgentLoop, prices: ModelPrices): { cached: bigint; uncached: bigint } {
  let cached = 0n;
  let uncached = 0n;
  let seenTokens = 0;
  for (let turn = 1; turn <= loop.turns; turn++) {
    const promptTokens = loop.prefixTokens + turn * loop.newTokens + (turn - 1) * loop.outputTokens;
    const call = { promptTokens, completionTokens: loop.outputTokens };
    cached += costOf({ ...call, cachedTokens: seenTokens }, prices);
    uncached += costOf({ ...call, cachedTokens: 0 }, prices);
    seenTokens = promptTokens;
  }
  return { cached, uncached };
}
