/** The size of a picture whose long edge is to be `longEdge` at most, in whole pixels; a smaller one keeps its size. */
export function fitWithin(
  { width, height }: { width: number; height: number },
  longEdge: number,
): { width: number; height: number } {
  const scale = Math.min(1, longEdge / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
