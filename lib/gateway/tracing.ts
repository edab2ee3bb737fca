import type { IncomingHttpHeaders } from "node:http";

export type SpanAttributes = Record<string, string | number | boolean | string[]>;

/** A stretch of time in a trace. Attributes never hold bodies, keys or e-mail addresses. */
export interface Span {
  /** `client`: a call to another service. */
  child(name: string, kind: "internal" | "client", attributes?: SpanAttributes): Span;
  set(attributes: SpanAttributes): void;
  /** `errorType`: what went wrong, in one word. */
  end(errorType?: string): void;
}

export interface Tracing {
  /** The span of a request, under the caller's own where its `traceparent` names one. */
  begin(name: string, headers: IncomingHttpHeaders, attributes: SpanAttributes): Span;
  /** Sends what is left. */
  close(): Promise<void>;
}

export const noSpan: Span = { child: () => noSpan, set: () => undefined, end: () => undefined };

/** What runs when no endpoint is configured. */
export const noTracing: Tracing = { begin: () => noSpan, close: () => Promise.resolve() };

/** Runs work inside a span of its own; what it throws marks the span. */
export async function inSpan<T>(parent: Span, name: string, work: () => Promise<T>): Promise<T> {
  const span = parent.child(name, "internal");
  try {
    const result = await work();
    span.end();
    return result;
  } catch (error) {
    span.end(error instanceof Error ? error.name : "unknown");
    throw error;
  }
}

export interface RemoteParent {
  traceId: string;
  spanId: string;
  traceFlags: number;
}

/** Reads W3C's `traceparent`; null for anything that is not one. */
export function parseTraceparent(header: string | string[] | undefined): RemoteParent | null {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(String(header ?? "").trim());
  const [, traceId = "", spanId = "", flags = ""] = match ?? [];
  if (!/[^0]/.test(traceId) || !/[^0]/.test(spanId)) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1 };
}
