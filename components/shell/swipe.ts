export interface TouchPoint {
  x: number;
  y: number;
}

/** How far from the left edge a swipe may begin that opens the rail, in CSS pixels. */
const edgePx = 40;
const leastPx = 60;

/** What a touch from one point to another asks of the rail: sideways far enough, and more sideways than up or down. */
export function railSwipe(from: TouchPoint, to: TouchPoint, open: boolean): "open" | "close" | null {
  const [right, down] = [to.x - from.x, Math.abs(to.y - from.y)];
  if (Math.abs(right) < leastPx || down > Math.abs(right) / 2) return null;
  if (open) return right < 0 ? "close" : null;
  return right > 0 && from.x <= edgePx ? "open" : null;
}
