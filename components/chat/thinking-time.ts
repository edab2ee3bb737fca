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
