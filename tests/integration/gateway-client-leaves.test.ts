import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getRequest } from "#lib/usage/store/requests.ts";
import { databases } from "#tests/support/databases.ts";
import {
  chatBody,
  createTestCaller,
  post,
  startTestGateway,
  type TestGateway,
  until,
} from "#tests/support/gateway.ts";
import {
  chunk,
  type MockAnswer,
  type MockUpstream,
  plainStream,
  silence,
  sseThenSilence,
  startMockUpstream,
  usageChunk,
} from "#tests/support/mock-upstream.ts";

let upstream: MockUpstream;
let gateway: TestGateway;
let caller: Awaited<ReturnType<typeof createTestCaller>>;

beforeAll(async () => {
  upstream = await startMockUpstream();
  gateway = await startTestGateway({
    databaseUrl: databases[0]?.url ?? "",
    upstreamUrl: upstream.url,
    timeouts: { firstByteMs: 400, idleMs: 400, totalMs: 3_000 },
    keepAliveMs: 150,
  });
});

beforeEach(async () => {
  caller = await createTestCaller(gateway.db);
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

const chat = (fields: Record<string, unknown> = {}, init: { signal?: AbortSignal } = {}) =>
  post(`${gateway.url}/v1/chat/completions`, caller.apiKey, chatBody(fields), init);

async function onlyRequest() {
  const rows = await gateway.db.request.findMany({ where: { accountId: caller.accountId } });
  expect(rows).toHaveLength(1);
  return getRequest(gateway.db, caller.accountId, rows[0]?.id ?? "");
}

describe("a client that leaves", () => {
  const moments: { what: string; answer: MockAnswer; sees: string | null; stream: boolean }[] = [
    { what: "before the upstream's headers", answer: silence(), sees: null, stream: true },
    {
      what: "in the reasoning",
      answer: sseThenSilence(chunk({ reasoning_content: "Let me think" })),
      sees: "think",
      stream: true,
    },
    {
      what: "in the answer",
      answer: sseThenSilence(chunk({ content: "Half an answer" })),
      sees: "Half",
      stream: true,
    },
    {
      what: "in a tool's arguments",
      answer: sseThenSilence(
        chunk({ tool_calls: [{ index: 0, id: "c", function: { name: "f", arguments: '{"city":' } }] }),
      ),
      sees: "city",
      stream: true,
    },
    { what: "while an answer is made that is not streamed", answer: silence(), sees: null, stream: false },
  ];

  test.each(moments)(
    "$what stops the upstream at once and leaves one row, estimated",
    async ({ answer, sees, stream }) => {
      upstream.script(answer);
      const controller = new AbortController();
      const answered = chat({ stream }, { signal: controller.signal });
      if (sees === null) {
        await until(() => upstream.calls[0] ?? null);
      } else {
        const reader = (await answered).body?.getReader();
        let seen = "";
        while (!seen.includes(sees))
          seen += Buffer.from((await reader?.read())?.value ?? []).toString("utf8");
      }
      const leftAt = performance.now();
      controller.abort();
      await expect(answered.then((response) => response.text())).rejects.toThrow();
      const closedAt = await upstream.calls[0]?.closed;
      expect((closedAt ?? Number.POSITIVE_INFINITY) - leftAt).toBeLessThan(1_000);
      const metered = await until(async () => {
        const request = await onlyRequest();
        return request?.status === "reserved" ? null : request;
      });
      expect(metered).toMatchObject({ status: "aborted", httpStatus: 499, estimated: true });
      expect(metered.usage.promptTokens).toBeGreaterThan(0);
      expect(metered.usage.completionTokens > 0).toBe(sees !== null);
      expect(gateway.gateway.activeRequests()).toBe(0);
    },
  );

  test("while it sends its body is not metered", async () => {
    const { port } = new URL(gateway.url);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${caller.apiKey}\r\ncontent-length: 1000\r\n\r\n{`,
    );
    await until(() => (socket.bytesWritten > 0 ? true : null));
    socket.destroy();
    await until(() => (gateway.logged().includes("client_closed_request") ? true : null));
    expect(await gateway.db.request.count({ where: { accountId: caller.accountId } })).toBe(0);
  });
});

describe("a silent upstream", () => {
  test("is bridged by comments that clients skip", async () => {
    upstream.script(async (res) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      const [first = "", ...rest] = plainStream();
      res.write(first);
      await new Promise((resolve) => setTimeout(resolve, 350));
      res.end(rest.join(""));
    });
    const body = await (await chat({ stream: true })).text();
    expect(body).toContain(": keep-alive\n\n");
    expect(body.replaceAll(": keep-alive\n\n", "")).toBe(
      plainStream()
        .filter((event) => event !== usageChunk())
        .join(""),
    );
  });
});

describe("a slow reader", () => {
  test("holds the upstream back instead of filling memory", async () => {
    let written = 0;
    const big = chunk({ content: "x".repeat(64 * 1024) });
    upstream.script(async (res, { closed }) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      for (let sent = 0; sent < 2_000 && !res.destroyed; sent++) {
        if (!res.write(big)) await Promise.race([once(res, "drain"), closed]);
        written += big.length;
      }
      res.end();
    });
    const { port } = new URL(gateway.url);
    const body = JSON.stringify(chatBody({ stream: true }));
    const socket = connect(Number(port), "127.0.0.1");
    socket.pause();
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${caller.apiKey}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    // Written bytes stop growing once every buffer between the two ends is full.
    let before = -1;
    await until(async () => {
      const stalled = written > 0 && written === before;
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return stalled ? true : null;
    }, 15_000);
    expect(written).toBeLessThan(32 * 1024 * 1024);
    socket.destroy();
    await upstream.calls[0]?.closed;
  });
});
