import type { ChartSpec } from "#lib/chat/tools/chart/chart-spec.ts";

export const frame = { width: 640, height: 280, left: 56, right: 12, top: 12, bottom: 36 };

export interface Scale {
  min: number;
  max: number;
  ticks: number[];
  /** Where a value stands, from the top. */
  y(value: number): number;
}

const innerHeight = frame.height - frame.top - frame.bottom;
const innerWidth = frame.width - frame.left - frame.right;

/** The value axis: round steps that hold all values, and zero for what stands on it. */
export function valueScale({ type, series }: ChartSpec): Scale {
  const values = series.flatMap((one) => one.values.filter((value) => value !== null));
  const fromZero = type === "bar" || type === "area";
  const low = Math.min(...values, ...(fromZero || values.length === 0 ? [0] : []));
  const high = Math.max(...values, ...(fromZero || values.length === 0 ? [0] : []));
  const step = roundStep((high - low || Math.abs(high) || 1) / 4);
  const min = Math.floor(low / step) * step;
  const max = Math.max(Math.ceil(high / step) * step, min + step);
  const count = Math.round((max - min) / step);
  return {
    min,
    max,
    ticks: Array.from({ length: count + 1 }, (_, index) => Number((min + index * step).toPrecision(12))),
    y: (value) => frame.top + innerHeight * (1 - (value - min) / (max - min)),
  };
}

/** The next of 1, 2, 2.5, 5, 10 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

/** Where the labels stand: numbers at their place on the axis of a scatter, all else in even steps. */
export function labelPlaces({ type, labels }: ChartSpec): { x: number[]; slot: number } {
  const numbers = labels.filter((label) => typeof label === "number");
  const slot = innerWidth / labels.length;
  if (type === "scatter" && numbers.length === labels.length) {
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const span = high - low || 1;
    return { x: numbers.map((value) => frame.left + 8 + ((value - low) / span) * (innerWidth - 16)), slot };
  }
  return { x: labels.map((_, index) => frame.left + slot * (index + 0.5)), slot };
}

/** Which labels are written, so that they do not run into each other: indexes. */
export function shownLabels(labels: ChartSpec["labels"]): number[] {
  const longest = Math.max(...labels.map((label) => Math.min(String(label).length, 12)));
  const fit = Math.max(2, Math.floor(innerWidth / (longest * 7 + 16)));
  const every = Math.ceil(labels.length / fit);
  return labels.flatMap((_, index) => (index % every === 0 ? [index] : []));
}

/** The slices of a pie as SVG paths around 0,0 with radius `r`, with each one's share. */
export function slices(values: readonly number[], r: number): { path: string; share: number }[] {
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  let angle = -Math.PI / 2;
  return values.map((value) => {
    const share = value / total;
    const end = angle + Math.min(share, 0.99999) * 2 * Math.PI;
    const point = (at: number) => `${(r * Math.cos(at)).toFixed(2)} ${(r * Math.sin(at)).toFixed(2)}`;
    const path = `M0 0L${point(angle)}A${r} ${r} 0 ${share > 0.5 ? 1 : 0} 1 ${point(end)}Z`;
    angle = end;
    return { path, share };
  });
}

/** A line through the values, broken at gaps. */
export function linePath(values: readonly (number | null)[], x: readonly number[], scale: Scale): string {
  let pen = "M";
  return values
    .map((value, index) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const step = `${pen}${(x[index] ?? 0).toFixed(1)} ${scale.y(value).toFixed(1)}`;
      pen = "L";
      return step;
    })
    .join("");
}
