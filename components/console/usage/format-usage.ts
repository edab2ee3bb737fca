const secondMs = 1000;

/** A whole number with its thousands set apart. */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US");
}

/** "412 ms", "3.4 s", "42 s", "2 min 5 s". */
export function formatMs(ms: number): string {
  if (ms < secondMs) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / secondMs).toFixed(1)} s`;
  const seconds = Math.round(ms / secondMs);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
