import { type Dispatcher, Pool } from "undici";
import type { UpstreamTimeouts } from "#lib/ops/upstream-settings.ts";
import { type ArrivingBody, createArrivingBody } from "./http-body.ts";
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
    modelName: options.modelName,
    send: ({ body, stream, signal }) =>
      request(pool, signal, {
        path: url.pathname + url.search,
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: stream ? "text/event-stream" : "application/json",
          ...(options.apiKey !== null && { authorization: `Bearer ${options.apiKey}` }),
        },
        body: JSON.stringify({ ...body, model: options.modelName }),
      }),
  };
  return { ...withTimeLimits(upstream, limits), close: () => pool.destroy() };
}

/** Resolves with the answer's head; its body arrives meanwhile. */
function request(
  pool: Pool,
  signal: AbortSignal,
  options: Dispatcher.DispatchOptions,
): Promise<UpstreamAnswer> {
  return new Promise((resolve, reject) => {
    let body: ArrivingBody | null = null;
    let abort = () => reject(signal.reason);
    const onAbort = () => abort();
    const finish = () => signal.removeEventListener("abort", onAbort);
    signal.addEventListener("abort", onAbort, { once: true });
    pool.dispatch(options, {
      onRequestStart(controller) {
        abort = () => controller.abort(signal.reason);
        if (signal.aborted) abort();
      },
      onResponseStart(controller, status, headers) {
        if (status < 200) return;
        body = createArrivingBody(controller);
        resolve({ status, headers: singleHeaders(headers), body });
      },
      onResponseData: (_controller, piece) => body?.push(piece),
      onResponseEnd() {
        finish();
        body?.end();
      },
      onResponseError(_controller, error) {
        finish();
        if (body) body.fail(error);
        else reject(error);
      },
    });
  });
}

function singleHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) single[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return single;
}
