import {
  type Attributes,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { parseTraceparent, type Span, type SpanAttributes, type Tracing } from "./tracing.ts";

export interface OtelOptions {
  /** Base URL of an OTLP/HTTP receiver; spans go to `/v1/traces` below it. */
  endpoint: string;
  processId: string;
  onFailure(error: unknown): void;
}

const exportTimeoutMs = 3_000;

/** Traces to an OpenTelemetry collector, in batches and away from the calls' path. Imported only where it is configured. */
export function startOtelTracing({ endpoint, processId, onFailure }: OtelOptions): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: exportTimeoutMs });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "aigateway", "service.instance.id": processId }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer("aigateway");

  function wrap(span: OtelSpan): Span {
    return {
      child(name, kind, attributes = {}) {
        const options = {
          kind: kind === "client" ? SpanKind.CLIENT : SpanKind.INTERNAL,
          attributes: toAttributes(attributes),
        };
        return wrap(tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, span)));
      },
      set: (attributes) => void span.setAttributes(toAttributes(attributes)),
      end(errorType) {
        if (errorType !== undefined) {
          span.setAttribute("error.type", errorType);
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
      },
    };
  }

  return {
    begin(name, headers, attributes) {
      const remote = parseTraceparent(headers.traceparent);
      const parent = remote
        ? trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true })
        : ROOT_CONTEXT;
      const options = { kind: SpanKind.SERVER, attributes: toAttributes(attributes) };
      return wrap(tracer.startSpan(name, options, parent));
    },
    async close() {
      try {
        await provider.shutdown();
      } catch (error) {
        onFailure(error);
      }
    },
  };
}

function toAttributes(attributes: SpanAttributes): Attributes {
  return { ...attributes };
}
