import { createServer } from "node:http";
import { z } from "zod";

const valueSchema = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});

const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  attributes: z.array(z.object({ key: z.string(), value: valueSchema })),
  status: z.object({ code: z.number().optional() }),
});

const exportSchema = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })) })),
});

export interface ReceivedSpan extends Omit<z.infer<typeof spanSchema>, "attributes"> {
  attributes: Record<string, unknown>;
}

export interface OtlpReceiver {
  /** A base URL, as OTEL_EXPORTER_OTLP_ENDPOINT wants it. */
  url: string;
  spans: ReceivedSpan[];
  /** Everything that arrived, as text. */
  received(): string;
  close(): Promise<void>;
}

/** A collector that takes traces over HTTP as JSON. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const texts: string[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    texts.push(text);
    if (req.url !== "/v1/traces") return res.writeHead(404).end();
    const { resourceSpans } = exportSchema.parse(JSON.parse(text));
    for (const { attributes, ...span } of resourceSpans.flatMap((resource) =>
      resource.scopeSpans.flatMap((scope) => scope.spans),
    )) {
      const entries = attributes.map(({ key, value }) => [key, Object.values(value)[0]] as const);
      spans.push({ ...span, attributes: Object.fromEntries(entries) });
    }
    return res.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    received: () => texts.join("\n"),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
