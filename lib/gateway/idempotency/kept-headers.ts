import type { OutgoingHttpHeaders } from "node:http";

/** The headers that belong to an answer rather than to the exchange it was given in. */
const kept = [
  "content-type",
  "cache-control",
  "x-accel-buffering",
  "retry-after",
  "x-should-retry",
  "x-aig-provider",
  "x-aig-attempts",
  "x-aig-warning",
  "x-ratelimit-limit-requests",
  "x-ratelimit-remaining-requests",
  "x-ratelimit-reset-requests",
];

/** What of a response's headers is repeated with its answer. */
export function keptHeaders(headers: OutgoingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
}
