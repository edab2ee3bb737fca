import { createHash, randomUUID } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
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
    await serveOrchard(req, res);
  });
  return { url: `${url}/mcp`, authorizations, close: closing(server) };
}

async function serveOrchard(req: IncomingMessage, res: ServerResponse): Promise<void> {
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

export interface OAuthMcpServer extends ToolServer {
  /** Ends every access token there is, so that calls have to renew theirs. */
  expireTokens(): void;
  /** Ends the refresh tokens too: only a new sign-in helps. */
  forget(): void;
  /** How often tokens were renewed. */
  renewals: number;
}

interface Grant {
  clientId: string;
  challenge: string;
  redirectUri: string;
}

/**
 * The orchard behind OAuth: one server that is the MCP server and its authorization server, where clients register
 * themselves. `/authorize` lets everybody in at once. Refresh tokens serve once.
 */
export async function startOAuthMcpServer(): Promise<OAuthMcpServer> {
  const clients = new Set<string>();
  const codes = new Map<string, Grant>();
  let access = new Set<string>();
  let refresh = new Set<string>();
  const told = { authorizations: [] as (string | undefined)[], renewals: 0 };
  let base = "";

  const issue = () => {
    const [accessToken, refreshToken] = [randomUUID(), randomUUID()];
    access.add(accessToken);
    refresh.add(refreshToken);
    return { access_token: accessToken, refresh_token: refreshToken, token_type: "Bearer", expires_in: 3600 };
  };
  const exchange = (form: URLSearchParams) => {
    if (form.get("grant_type") === "refresh_token") {
      if (!refresh.delete(form.get("refresh_token") ?? "")) return null;
      told.renewals += 1;
      return issue();
    }
    const grant = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const proof = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const fits = grant?.challenge === proof && grant.redirectUri === form.get("redirect_uri");
    return fits && grant.clientId === form.get("client_id") ? issue() : null;
  };

  const { server, url } = await listen(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? "/", base);
    const json = (status: number, body: unknown) =>
      res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (pathname === "/mcp") {
      told.authorizations.push(req.headers.authorization);
      if (access.has(req.headers.authorization?.replace("Bearer ", "") ?? "")) return serveOrchard(req, res);
      const hint = `Bearer resource_metadata="${base}/about"`;
      return res.writeHead(401, { "www-authenticate": hint }).end();
    }
    if (pathname === "/about") return json(200, { resource: `${base}/mcp`, authorization_servers: [base] });
    if (pathname === "/.well-known/oauth-authorization-server") {
      return json(200, {
        issuer: base,
        authorization_endpoint: `${base}/authorize`,
        token_endpoint: `${base}/token`,
        registration_endpoint: `${base}/register`,
        response_types_supported: ["code"],
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["none"],
      });
    }
    if (pathname === "/register") {
      const clientId = randomUUID();
      clients.add(clientId);
      return json(201, { ...JSON.parse(await bodyOf(req)), client_id: clientId });
    }
    if (pathname === "/authorize") {
      const given = (name: string) => searchParams.get(name) ?? "";
      if (!clients.has(given("client_id"))) return json(400, { error: "invalid_client" });
      const code = randomUUID();
      codes.set(code, {
        clientId: given("client_id"),
        challenge: given("code_challenge"),
        redirectUri: given("redirect_uri"),
      });
      const back = new URL(given("redirect_uri"));
      back.search = new URLSearchParams({ code, state: given("state") }).toString();
      return res.writeHead(302, { location: back.href }).end();
    }
    if (pathname === "/token") {
      const tokens = exchange(new URLSearchParams(await bodyOf(req)));
      return tokens ? json(200, tokens) : json(400, { error: "invalid_grant" });
    }
    return res.writeHead(404).end();
  });
  base = url;
  return Object.assign(told, {
    url: `${url}/mcp`,
    expireTokens: () => {
      access = new Set();
    },
    forget: () => {
      [access, refresh] = [new Set(), new Set()];
    },
    close: closing(server),
  });
}
