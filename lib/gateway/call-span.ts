import type { Exchange } from "./exchange.ts";
import type { Span, SpanAttributes, Tracing } from "./tracing.ts";

// Names by OpenTelemetry's semantic conventions for HTTP and generative AI; `aig.` are our own.

/** Begins the span of a model call. */
export function beginCallSpan(tracing: Tracing, { req, requestId }: Exchange): Span {
  const route = (req.url ?? "/").split("?", 1)[0] ?? "/";
  return tracing.begin(`POST ${route}`, req.headers, {
    "http.request.method": "POST",
    "http.route": route,
    "gen_ai.operation.name": "chat",
    "aig.request_id": requestId,
  });
}

/** Ends it with what became known of the call. */
export function endCallSpan({ span, res, facts }: Exchange): void {
  const attributes: SpanAttributes = { "http.response.status_code": res.statusCode };
  if (facts.model !== undefined) attributes["gen_ai.request.model"] = facts.model;
  if (facts.upstream !== undefined) attributes["gen_ai.provider.name"] = facts.upstream;
  if (facts.attempts !== undefined) attributes["aig.attempts"] = facts.attempts;
  if (facts.accountId !== undefined) attributes["aig.account_id"] = facts.accountId;
  if (facts.costNanoUsd !== undefined) attributes["aig.cost_nano_usd"] = facts.costNanoUsd;
  if (facts.timeToFirstTokenMs !== undefined) {
    attributes["gen_ai.response.time_to_first_chunk"] = facts.timeToFirstTokenMs / 1000;
  }
  if (facts.usage !== undefined) {
    attributes["gen_ai.usage.input_tokens"] = facts.usage.promptTokens;
    attributes["gen_ai.usage.output_tokens"] = facts.usage.completionTokens;
    attributes["gen_ai.usage.cache_read.input_tokens"] = facts.usage.cachedTokens;
  }
  span.set(attributes);
  span.end(facts.code === "ok" ? undefined : facts.code);
}

/** One try at an upstream, up to the first byte of its answer. */
export function beginTrySpan({ span, facts }: Exchange, upstream: string): (outcome: string) => void {
  const model = facts.model ?? "unknown";
  const tried = span.child(`chat ${model}`, "client", {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": upstream,
    "gen_ai.request.model": model,
  });
  return (outcome) => tried.end(outcome === "answered" ? undefined : outcome);
}
