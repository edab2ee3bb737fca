import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import type { UpstreamTry } from "#lib/usage/request-trace.ts";

/** One stretch of a request's way. Times are in milliseconds since it arrived. */
export type TimelineStep = { startMs: number; endMs: number } & (
  | { kind: "read" | "admit" | "pause" | "wait" | "answer" }
  | { kind: "try"; upstream: string; outcome: UpstreamTry["outcome"]; status: number | null }
);

/**
 * The way of a request as stretches that follow each other: reading it, letting it through, tries at upstreams and the pauses between
 * them, and the answer, of a stream from its first token on. Empty where nothing is known of it.
 */
export function timelineSteps({ trace, totalMs, timeToFirstTokenMs }: MeteredRequest): TimelineStep[] {
  if (!trace || totalMs === null) return [];
  const steps: TimelineStep[] = [
    { kind: "read", startMs: 0, endMs: trace.readMs },
    { kind: "admit", startMs: trace.readMs, endMs: trace.admittedMs },
  ];
  let reachedMs = trace.admittedMs;
  for (const [index, { upstream, outcome, status, startMs, durationMs }] of trace.tries.entries()) {
    if (index > 0 && startMs > reachedMs) steps.push({ kind: "pause", startMs: reachedMs, endMs: startMs });
    reachedMs = startMs + durationMs;
    steps.push({ kind: "try", upstream, outcome, status, startMs, endMs: reachedMs });
  }
  if (trace.tries.at(-1)?.outcome !== "answered") return steps;
  const firstMs = timeToFirstTokenMs === null ? reachedMs : clamp(timeToFirstTokenMs, reachedMs, totalMs);
  if (firstMs > reachedMs) steps.push({ kind: "wait", startMs: reachedMs, endMs: firstMs });
  return [...steps, { kind: "answer", startMs: firstMs, endMs: Math.max(firstMs, totalMs) }];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
