import { createServer } from "node:http";
import { pino } from "pino";
import { expect } from "vitest";
import { connectDb, type Db } from "#lib/db/client.ts";
import { createGateway, type Gateway, type GatewayOptions } from "#lib/gateway/listener.ts";
import { createHttpUpstream } from "#lib/gateway/upstreams/http.ts";
import type { Upstream } from "#lib/gateway/upstreams/upstream.ts";
import { createKey, type NewKey } from "#lib/keys/store.ts";
import { type Config, parseConfig } from "#lib/ops/config.ts";
import { newId } from "#lib/ops/ids.ts";
import { createTestAccount } from "./databases.ts";

export interface TestGateway {
  url: string;
  db: Db;
  gateway: Gateway;
  processId: string;
  /** Everything it logged, as JSON lines. */
  logged(): string;
  stop(): Promise<void>;
}

export interface TestGatewayOptions
  extends Partial<Pick<GatewayOptions, "upstreams" | "keepAliveMs" | "soleProcess" | "now">> {
  databaseUrl: string;
  /** A base URL to serve from, where `upstreams` is not given. */
  upstreamUrl?: string;
  timeouts?: Partial<Config["upstreams"]["timeouts"]>;
  /** Where absent, an upstream may fail as often as the test likes. */
  breaker?: Partial<Config["upstreams"]["breaker"]>;
  failoverMs?: number;
  otlpEndpoint?: string;
  limits?: { trialRequestsPerDay?: number; trialRequestsPerMinute?: number };
}

export const testSecret = "a secret for tests of thirty-two characters or more";

const upstreamDefaults = parseConfig({}).upstreams;

/** A gateway of this process on a free port, with a client of the database of its own. */
export async function startTestGateway(options: TestGatewayOptions): Promise<TestGateway> {
  const db = connectDb(options.databaseUrl, { poolSize: 10 });
  const processId = newId("proc");
  const lines: string[] = [];
  const upstreams = options.upstreams ?? [mockedUpstream(options)];
  const gateway = await createGateway({
    db,
    log: pino({ level: "debug" }, { write: (line: string) => lines.push(line) }),
    upstreams,
    ...(options.keepAliveMs !== undefined && { keepAliveMs: options.keepAliveMs }),
    ...(options.soleProcess !== undefined && { soleProcess: options.soleProcess }),
    ...(options.now !== undefined && { now: options.now }),
    config: {
      authSecret: testSecret,
      processId,
      otlpEndpoint: options.otlpEndpoint ?? null,
      upstreams: {
        ...upstreamDefaults,
        breaker: { ...upstreamDefaults.breaker, failuresToOpen: 1_000_000, ...options.breaker },
        ...(options.failoverMs !== undefined && { failoverMs: options.failoverMs }),
      },
      keepItemsMs: 30 * 24 * 60 * 60 * 1000,
      limits: {
        trialRequestsPerDay: 100,
        trialRequestsPerMinute: 60,
        paidRequestsPerMinute: 100_000,
        ...options.limits,
      },
    },
  });
  const server = createServer(gateway.handle);
  // As the program has it: a client that pauses between two calls keeps its connection.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    db,
    gateway,
    processId,
    logged: () => lines.join(""),
    async stop() {
      await gateway.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await db.$disconnect();
    },
  };
}

function mockedUpstream(options: TestGatewayOptions): Upstream {
  return createHttpUpstream({
    name: "mock",
    baseUrl: options.upstreamUrl ?? "http://127.0.0.1:9/v1",
    apiKey: "sk-upstream-secret",
    modelName: "kimi-k2.6",
    timeouts: { ...upstreamDefaults.timeouts, ...options.timeouts },
  });
}

/** A new account with a key of its own. */
export async function createTestCaller(
  db: Db,
  options: { plan?: "trial" | "paid"; key?: Partial<NewKey> } = {},
): Promise<{ accountId: string; apiKey: string; keyId: string }> {
  const account = await createTestAccount(db, { plan: options.plan ?? "paid" });
  const { key, secret } = await createKey(db, account.id, { name: "test", ...options.key });
  return { accountId: account.id, apiKey: secret, keyId: key.id };
}

/** Posts JSON with a key. */
export function post(
  url: string,
  apiKey: string,
  body: unknown,
  init: { signal?: AbortSignal; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", ...init.headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(init.signal && { signal: init.signal }),
  });
}

/** A chat request of one short message. */
export function chatBody(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { model: "moonshot/kimi-k2.6", messages: [{ role: "user", content: "Say hello." }], ...fields };
}

/** Waits until a condition holds, checking it again and again for at most `withinMs`. */
export async function until<T>(probe: () => Promise<T | null> | T | null, withinMs = 5_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await probe();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`Nothing within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The error of a response, checked for its status, its code and OpenAI's four fields. */
export async function expectError(
  response: Response,
  status: number,
  code: string,
): Promise<{ param: string | null; message: string }> {
  expect(response.status).toBe(status);
  expect(response.headers.get("x-request-id")).toMatch(/^req_/);
  const { error } = await response.json();
  expect(Object.keys(error).sort()).toEqual(["code", "message", "param", "type"]);
  expect(error.code).toBe(code);
  return error;
}
