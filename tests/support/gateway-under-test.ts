import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { getRequest } from "#lib/usage/store/requests.ts";
import { databases } from "./databases.ts";
import {
  chatBody,
  createTestCaller,
  post,
  startTestGateway,
  type TestGateway,
  type TestGatewayOptions,
} from "./gateway.ts";
import { type MockUpstream, startMockUpstream } from "./mock-upstream.ts";

interface SetUpOptions extends Omit<Partial<TestGatewayOptions>, "upstreamUrl"> {
  /** Of the account that calls; "paid" by default. */
  plan?: "trial" | "paid";
}

interface SendInit {
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** Short enough for a test to wait for each of them. */
export const shortWaits = {
  timeouts: { firstByteMs: 400, idleMs: 400, totalMs: 3_000 },
  keepAliveMs: 150,
} satisfies SetUpOptions;

/** A gateway with a mocked upstream for the tests of a file, and for each test a new account that calls it. */
export function setUpGateway({ plan = "paid", ...options }: SetUpOptions = {}) {
  let upstream: MockUpstream;
  let gateway: TestGateway;
  let caller: Awaited<ReturnType<typeof createTestCaller>>;

  beforeAll(async () => {
    upstream = await startMockUpstream();
    const databaseUrl = options.databaseUrl ?? databases[0]?.url ?? "";
    gateway = await startTestGateway({ ...options, databaseUrl, upstreamUrl: upstream.url });
  });

  beforeEach(async () => {
    caller = await createTestCaller(gateway.db, { plan });
  });

  afterAll(async () => {
    await gateway.stop();
    await upstream.close();
  });

  const rows = () => gateway.db.request.findMany({ where: { accountId: caller.accountId } });

  return {
    get upstream() {
      return upstream;
    },
    get gateway() {
      return gateway;
    },
    get caller() {
      return caller;
    },
    rows,
    chat: (fields: Record<string, unknown> = {}, init: SendInit = {}) =>
      post(`${gateway.url}/v1/chat/completions`, caller.apiKey, chatBody(fields), init),
    responses: (fields: Record<string, unknown> = {}, init: SendInit = {}) => {
      const body = { model: "moonshot/kimi-k2.6", input: "Say hello.", ...fields };
      return post(`${gateway.url}/v1/responses`, caller.apiKey, body, init);
    },
    get: (path: string, apiKey = caller.apiKey) =>
      fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } }),
    /** The account's one metered request. */
    async onlyRequest(): Promise<MeteredRequest | null> {
      const found = await rows();
      expect(found).toHaveLength(1);
      return getRequest(gateway.db, caller.accountId, found[0]?.id ?? "");
    },
    /** The record of the request that a response belongs to. */
    async meteredOf(response: Response): Promise<MeteredRequest> {
      const id = response.headers.get("x-request-id") ?? "";
      const request = await getRequest(gateway.db, caller.accountId, id);
      if (!request) throw new Error("The request is not metered.");
      return request;
    },
  };
}
