import type { MessageMetadata } from "#lib/chat/message.ts";

/** Below this the clock's grain would show more than the model's pace. */
const shortestMs = 50;

/** How fast a reply was written, thinking included, rounded; null when that was not measured. */
export function tokensPerSecond({ usage, writingMs }: MessageMetadata): number | null {
  if (!usage || writingMs === undefined || writingMs < shortestMs || usage.completionTokens < 2) return null;
  const speed = (usage.completionTokens * 1_000) / writingMs;
  return speed < 10 ? Math.round(speed * 10) / 10 : Math.round(speed);
}
