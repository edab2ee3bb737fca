import { z } from "zod";

const upstreamStatusSchema = z.object({
  name: z.string(),
  /** What it calls the model; null where that is the name that clients use, and of older processes. */
  modelName: z.string().nullable().default(null),
  /** What this process's breaker says. */
  state: z.enum(["closed", "open", "half_open"]),
  /** Since the process started, each try counted. */
  tries: z.int(),
  failures: z.int(),
  lastFailure: z.object({ code: z.string(), status: z.int().nullable(), at: z.iso.datetime() }).nullable(),
  /** Milliseconds until the upstream began to answer, of its last answers; null before the first. */
  answerMs: z.object({ p50: z.number(), p95: z.number() }).nullable(),
});

/** What a process says of itself with each heartbeat. */
export const processStatusSchema = z.object({
  role: z.enum(["all", "web", "gateway"]),
  version: z.string(),
  host: z.string(),
  pid: z.int(),
  residentBytes: z.int(),
  /** Metered calls under way; null where it serves none. */
  activeRequests: z.int().nullable(),
  upstreams: z.array(upstreamStatusSchema),
});

export type UpstreamStatus = z.infer<typeof upstreamStatusSchema>;
export type ProcessStatus = z.infer<typeof processStatusSchema>;
