import { z } from "zod";

/** One try at an upstream. Times are in milliseconds since the request arrived. */
export interface UpstreamTry {
  upstream: string;
  startMs: number;
  /** Until its answer began, or until it failed. */
  durationMs: number;
  /** "answered", "aborted" or a code of the error table. */
  outcome: string;
  /** The status that the upstream answered with; null where it did not answer. */
  status: number | null;
}

/** What became of a request on its way that its other columns do not tell. */
export interface RequestTrace {
  /** When the whole body had been read, in milliseconds since the request arrived. */
  readMs: number;
  /** When it had been let through. */
  admittedMs: number;
  tries: readonly UpstreamTry[];
  /** The values of `tracedHeaders` in the response, in that order. */
  headers: readonly (string | null)[];
  /** The pause that a failure asked the client for, in seconds. */
  retryAfterS: number | null;
}

/** Headers of the response that cannot be told from the request's other columns. */
export const tracedHeaders = [
  "x-ratelimit-limit-requests",
  "x-ratelimit-remaining-requests",
  "x-ratelimit-reset-requests",
  "x-aig-warning",
] as const;

const ms = z.number().nonnegative();
const trySchema = z.tuple([z.string(), ms, ms, z.string(), z.number().nullable()]);
const storedSchema = z.tuple([
  ms,
  ms,
  z.array(trySchema),
  z.array(z.string().nullable()),
  z.number().nullable(),
]);

type Stored = z.infer<typeof storedSchema>;
type StoredTry = z.infer<typeof trySchema>;

/** The trace as its column holds it: JSON without names, since every request has one. */
export function formatTrace(trace: RequestTrace): string {
  const { readMs, admittedMs, tries, headers, retryAfterS } = trace;
  const rows = tries.map((each): StoredTry => {
    return [each.upstream, each.startMs, each.durationMs, each.outcome, each.status];
  });
  return JSON.stringify([readMs, admittedMs, rows, [...headers], retryAfterS] satisfies Stored);
}

/** Reads such a column. */
export function parseTrace(stored: string): RequestTrace {
  const [readMs, admittedMs, rows, headers, retryAfterS] = storedSchema.parse(JSON.parse(stored));
  const tries = rows.map(([upstream, startMs, durationMs, outcome, status]) => ({
    upstream,
    startMs,
    durationMs,
    outcome,
    status,
  }));
  return { readMs, admittedMs, tries, headers, retryAfterS };
}
