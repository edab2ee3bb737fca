interface Row {
  what: string;
  value: number;
  unit: string;
  /** The value may not be above it. */
  limit: number | null;
}

const rows: Row[] = [];

/** Prints a figure, and whether it is within its limit; `why` is told when it is not. */
export function note(what: string, value: number, unit: string, limit: number | null = null, why = ""): void {
  rows.push({ what, value, unit, limit });
  const above = `  ABOVE ${limit}${why === "" ? "" : `\n    ${why}`}`;
  const verdict = limit === null ? "" : value <= limit ? `  (within ${limit})` : above;
  console.log(`${what.padEnd(64)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}${verdict}`);
}

/** Whether a figure was above its limit. */
export function anyAbove(): boolean {
  return rows.some(({ value, limit }) => limit !== null && value > limit);
}
