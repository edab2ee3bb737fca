import type { PromptPrefix } from "./prompt-tokens.ts";

const lifetimeMs = 10 * 60 * 1000;
const minTokens = 256;
const stepTokens = 64;
const maxEntries = 10_000;

export interface PrefixCache {
  /** Tokens of the prompt that were seen before; remembers the prompt. */
  read(prefixes: readonly PromptPrefix[], nowMs: number): number;
}

/**
 * What a host's prompt cache would have read from memory: the longest prefix, in whole messages, that was part of a prompt
 * of the last ten minutes. Below 256 tokens nothing counts; above, whole steps of 64 do. Holds the 10,000 prefixes last used.
 */
export function createPrefixCache(): PrefixCache {
  // A Map keeps insertion order, so its first entry is the one unused for longest.
  const seenAtMs = new Map<string, number>();

  return {
    read(prefixes, nowMs) {
      const hit = prefixes.findLast(({ hash }) => {
        const seen = seenAtMs.get(hash);
        return seen !== undefined && nowMs - seen <= lifetimeMs;
      });
      for (const { hash } of prefixes) {
        seenAtMs.delete(hash);
        seenAtMs.set(hash, nowMs);
      }
      for (const hash of seenAtMs.keys()) {
        if (seenAtMs.size <= maxEntries) break;
        seenAtMs.delete(hash);
      }
      if (hit === undefined || hit.tokens < minTokens) return 0;
      return Math.floor(hit.tokens / stepTokens) * stepTokens;
    },
  };
}
