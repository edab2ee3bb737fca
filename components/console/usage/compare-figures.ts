export interface Change {
  kind: "same" | "more" | "less" | "times";
  /** Per cent, or how many times. */
  amount: string;
}

/** How a figure compares with that of the period before; null where there is nothing to compare with. */
export function compareFigures(current: number, before: number): Change | null {
  if (before === 0) return null;
  const share = current / before;
  if (share >= 3)
    return { kind: "times", amount: share >= 10 ? String(Math.round(share)) : share.toFixed(1) };
  const percent = Math.round(Math.abs(share - 1) * 100);
  if (percent === 0) return { kind: "same", amount: "0" };
  return { kind: share > 1 ? "more" : "less", amount: String(percent) };
}
