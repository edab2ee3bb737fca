import type { ReasoningUIPart } from "ai";
import * as z from "zod/mini";

const timesSchema = z.object({ startedAt: z.optional(z.number()), endedAt: z.optional(z.number()) });

export interface ThinkingTime {
  /** Milliseconds since 1970 by the server's clock; null when unknown. */
  startedAtMs: number | null;
  endedAtMs: number | null;
}

/** From when to when a trace was thought, as the server stamped its parts. */
export function thinkingTime(parts: readonly ReasoningUIPart[]): ThinkingTime {
  const times = parts.map((part) => timesSchema.safeParse(part.providerMetadata?.aigateway).data ?? {});
  return { startedAtMs: times[0]?.startedAt ?? null, endedAtMs: times.at(-1)?.endedAt ?? null };
}

/** "0.8 s", "12 s", "2 min 5 s". */
export function formatDuration(ms: number): string {
  if (ms < 9_950) return `${(Math.max(0, ms) / 1_000).toFixed(1).replace(/\.0$/, "")} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The newest phrase of a trace, for one line. */
export function lastPhrase(text: string): string {
  const lines = text.trimEnd().split("\n");
  const line =
    lines
      .at(-1)
      ?.replace(/[*_`#>]+/g, "")
      .trim() ?? "";
  const sentences = line.split(/(?<=[.!?。！？])\s+/);
  return sentences.at(-1) ?? "";
}
