import { Pool } from "undici";
import type { UpstreamTimeouts } from "#lib/ops/upstream-settings.ts";
import { withTimeLimits } from "./time-limits.ts";
import type { Upstream, UpstreamAnswer } from "./upstream.ts";

export interface HttpUpstreamOptions {
  /** Shown to callers in `x-aig-provider`. */
  name: string;
  /** Base URL of an OpenAI-compatible API, such as `https://api.moonshot.ai/v1`. */
  baseUrl: string;
  apiKey: string | null;
  /** What this upstream calls the model. */
  modelName: string;
  timeouts: UpstreamTimeouts;
}

export interface HttpUpstream extends Upstream {
  /** Drops its connections. */
  close(): Promise<void>;
}

/**
 * An OpenAI-compatible API. Connections are kept alive and never shared by two calls at a time. Nothing of the caller's headers
 * is passed on. Aborting a call closes its connection.
 */
export function createHttpUpstream(options: HttpUpstreamOptions): HttpUpstream {
  const { connectMs, ...limits } = options.timeouts;
  const url = new URL(`${options.baseUrl.replace(/\/+$/, "")}/chat/completions`);
  const pool = new Pool(url.origin, {
    connections: null,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: 30_000,
    connect: { timeout: connectMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const upstream: Upstream = {
    name: options.name,
    async send({ body, stream, signal }): Promise<UpstreamAnswer> {
      const answer = await pool.request({
        path: url.pathname + url.search,
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: stream ? "text/event-stream" : "application/json",
          ...(options.apiKey !== null && { authorization: `Bearer ${options.apiKey}` }),
        },
        body: JSON.stringify({ ...body, model: options.modelName }),
        signal,
      });
      // An abort can surface as an event nobody listens to any more, between two reads.
      answer.body.on("error", ignoreLateError);
      return { status: answer.statusCode, headers: singleHeaders(answer.headers), body: answer.body };
    },
  };
  return { ...withTimeLimits(upstream, limits), close: () => pool.destroy() };
}

function ignoreLateError(error: Error): void {
  // The reader of the body gets the same error from its own wait.
  void error;
}

function singleHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) single[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return single;
}
