import { afterAll, beforeAll, beforeEach } from "vitest";
import { chatBody, createTestCaller, post, startTestGateway, type TestGateway } from "./gateway.ts";
import { type MockAnswer, type MockUpstream, startMockUpstream } from "./mock-upstream.ts";

interface SendOptions {
  path?: string;
  apiKey?: string;
  signal?: AbortSignal;
}

/** A gateway for the tests of a file, and for each of them a new trial account that calls it with Idempotency-Keys. */
export function setUpIdempotency(databaseUrl: string) {
  let upstream: MockUpstream;
  let gateway: TestGateway;
  let caller: Awaited<ReturnType<typeof createTestCaller>>;

  beforeAll(async () => {
    upstream = await startMockUpstream();
    gateway = await startTestGateway({ databaseUrl, upstreamUrl: upstream.url });
  });

  beforeEach(async () => {
    caller = await createTestCaller(gateway.db, { plan: "trial" });
  });

  afterAll(async () => {
    await gateway.stop();
    await upstream.close();
  });

  function send(key: string, fields: Record<string, unknown> = {}, options: SendOptions = {}) {
    const { path = "chat/completions", apiKey = caller.apiKey, signal } = options;
    const input = { model: "moonshot/kimi-k2.6", input: "Hi", ...fields };
    const body = path === "responses" ? input : chatBody(fields);
    const headers = { "idempotency-key": key };
    return post(`${gateway.url}/v1/${path}`, apiKey, body, { headers, ...(signal && { signal }) });
  }

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
    send,
    /** Sends and reads the whole answer. */
    async call(...args: Parameters<typeof send>) {
      const response = await send(...args);
      const body = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, body };
    },
    rows: () => gateway.db.request.findMany({ where: { accountId: caller.accountId } }),
    kept: () => gateway.db.idempotentCall.findMany({ where: { accountId: caller.accountId } }),
  };
}

/** Reads a streamed answer until a word has come; `rest` gives all of it once it has ended. */
export async function readUntil(
  response: Response,
  word: string,
): Promise<{ seen: string; rest(): Promise<string> }> {
  const reader = response.body?.getReader();
  if (!reader) throw new Error("There is no body.");
  let seen = "";
  while (!seen.includes(word)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The answer ended without ${word}: ${seen}`);
    seen += Buffer.from(value).toString("utf8");
  }
  return {
    seen,
    async rest() {
      for (let next = await reader.read(); !next.done; next = await reader.read())
        seen += Buffer.from(next.value).toString("utf8");
      return seen;
    },
  };
}

/** A streamed answer whose second half is sent when told to. */
export function pausing(before: string[], after: string[]): { answer: MockAnswer; resume(): void } {
  let resume: () => void = () => undefined;
  const resumed = new Promise<void>((resolve) => {
    resume = resolve;
  });
  return {
    resume: () => resume(),
    async answer(res) {
      res.writeHead(200, { "content-type": "text/event-stream" });
      res.write(before.join(""));
      await resumed;
      res.end(after.join(""));
    },
  };
}
