import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

export interface ToolServer {
  url: string;
  /** The value of `authorization` on each call, in order. */
  authorizations: (string | undefined)[];
  close(): Promise<void>;
}

async function listen(handle: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(handle);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}` };
}

function closing(server: Server): () => Promise<void> {
  return () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(() => done()));
  };
}

/** An MCP server that wants `Bearer open sesame` and offers `orchard_count` and `orchard_fell`, which fails. */
export async function startMcpServer(): Promise<ToolServer> {
  const authorizations: (string | undefined)[] = [];
  const { server, url } = await listen(async (req, res) => {
    authorizations.push(req.headers.authorization);
    if (req.headers.authorization !== "Bearer open sesame") {
      res.writeHead(403, { "content-type": "text/plain" }).end("closed");
      return;
    }
    const mcp = new McpServer({ name: "orchard", version: "1.0.0" });
    const count = { description: "Counts the apples of an orchard.", inputSchema: { orchard: z.string() } };
    mcp.registerTool("orchard_count", count, ({ orchard }) => ({
      content: [{ type: "text", text: `${orchard} has 42 apples` }],
    }));
    mcp.registerTool("orchard_fell", { description: "Fells all trees." }, () => ({
      isError: true,
      content: [{ type: "text", text: "The axe is broken" }],
    }));
    const transport = new StreamableHTTPServerTransport({});
    await mcp.connect(transport as Parameters<McpServer["connect"]>[0]);
    await transport.handleRequest(req, res);
  });
  return { url: `${url}/mcp`, authorizations, close: closing(server) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const document = {
  openapi: "3.1.0",
  info: { title: "Library", version: "1" },
  servers: [{ url: "/api" }],
  paths: {
    "/books/{id}": {
      get: {
        operationId: "getBook",
        summary: "Find a book in the library",
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" } },
          { name: "fields", in: "query", schema: { type: "string" } },
        ],
      },
    },
    "/melon": { post: { operationId: "ripenMelon", summary: "Ripen the melon" } },
    "/loans": {
      post: {
        operationId: "lendBook",
        summary: "Lend a book",
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Loan" } } } },
      },
    },
  },
  components: {
    schemas: {
      Loan: { type: "object", required: ["book"], properties: { book: { type: "string" } } },
    },
  },
};

/** An HTTP API with an OpenAPI document at `url`: `getBook`, `lendBook`, and `ripenMelon`, which never answers. */
export async function startHttpApi(): Promise<ToolServer> {
  const authorizations: (string | undefined)[] = [];
  const { server, url } = await listen(async (req, res) => {
    const body = await bodyOf(req);
    res.setHeader("content-type", "application/json");
    if (req.url === "/openapi.json") return res.end(JSON.stringify(document));
    authorizations.push(req.headers.authorization);
    // A melon ripens longer than anybody waits.
    if (req.url === "/api/melon") return undefined;
    if (req.url?.startsWith("/api/books/missing"))
      return res.writeHead(404).end('{"problem":"no such book"}');
    return res.end(
      JSON.stringify({ method: req.method, path: req.url, body: body === "" ? null : JSON.parse(body) }),
    );
  });
  return { url: `${url}/openapi.json`, authorizations, close: closing(server) };
}
