let aheadMs = 0;

/** Learns from an answer how far the server's clock is ahead of this browser's. Its `Date` header counts whole seconds. */
export function noteServerDate(headers: Headers): void {
  const date = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(date)) return;
  const difference = date - Date.now();
  aheadMs = Math.abs(difference) < 2_000 ? 0 : difference;
}

/** The server's present in epoch milliseconds, as well as this browser knows it. */
export function serverNowMs(): number {
  return Date.now() + aheadMs;
}
