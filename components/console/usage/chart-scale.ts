export interface Scale {
  /** The value at the top of the chart; never below the largest. */
  top: number;
  /** From 0 to `top`, evenly spaced. */
  ticks: number[];
}

const wantedSteps = 3;

/** A scale from 0 whose steps are 1, 2 or 5 times a power of ten, and whole numbers. */
export function niceScale(largest: number): Scale {
  const rough = Math.max(1, largest / wantedSteps);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(largest / step));
  return { top: steps * step, ticks: Array.from({ length: steps + 1 }, (_, index) => index * step) };
}
