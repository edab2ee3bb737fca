import * as z from "zod/mini";
import type { ArrivedRequests } from "./log-tail.ts";

const count = z.number();
const requestSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  account: z.nullable(z.string()),
  keyId: z.nullable(z.string()),
  source: z.enum(["api", "chat"]),
  model: z.string(),
  tag: z.string(),
  status: z.enum(["reserved", "succeeded", "failed", "aborted", "interrupted"]),
  errorCode: z.nullable(z.string()),
  estimated: z.boolean(),
  promptTokens: count,
  cachedTokens: count,
  completionTokens: count,
  reasoningTokens: count,
  costNanoUsd: z.string(),
  timeToFirstTokenMs: z.nullable(count),
  totalMs: z.nullable(count),
});

const arrivedSchema = z.object({
  requests: z.array(requestSchema),
  running: z.array(z.string()),
  more: z.boolean(),
  newest: z.nullable(z.string()),
});

/** Reads the answer of the log's tail. */
export function parseArrived(json: unknown): ArrivedRequests {
  return arrivedSchema.parse(json);
}
