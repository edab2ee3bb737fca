import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { chatBody, until } from "#tests/support/gateway.ts";
import { setUpGateway, shortWaits } from "#tests/support/gateway-under-test.ts";
import {
  chunk,
  type MockAnswer,
  plainStream,
  silence,
  sse,
  sseThenSilence,
  usageChunk,
} from "#tests/support/mock-upstream.ts";

const served = setUpGateway(shortWaits);

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
      served.upstream.script(answer);
      const controller = new AbortController();
      const answered = served.chat({ stream }, { signal: controller.signal });
      if (sees === null) {
        await until(() => served.upstream.calls[0] ?? null);
      } else {
        const reader = (await answered).body?.getReader();
        let seen = "";
        while (!seen.includes(sees))
          seen += Buffer.from((await reader?.read())?.value ?? []).toString("utf8");
      }
      const leftAt = performance.now();
      controller.abort();
      await expect(answered.then((response) => response.text())).rejects.toThrow();
      const closedAt = await served.upstream.calls[0]?.closed;
      expect((closedAt ?? Number.POSITIVE_INFINITY) - leftAt).toBeLessThan(1_000);
      const metered = await until(async () => {
        const request = await served.onlyRequest();
        return request?.status === "reserved" ? null : request;
      });
      expect(metered).toMatchObject({ status: "aborted", httpStatus: 499, estimated: true });
      expect(metered.usage.promptTokens).toBeGreaterThan(0);
      expect(metered.usage.completionTokens > 0).toBe(sees !== null);
      expect(served.gateway.gateway.activeRequests()).toBe(0);
    },
  );

  test("while it sends its body is not metered", async () => {
    const { port } = new URL(served.gateway.url);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${served.caller.apiKey}\r\ncontent-length: 1000\r\n\r\n{`,
    );
    await until(() => (socket.bytesWritten > 0 ? true : null));
    socket.destroy();
    await until(() => (served.gateway.logged().includes("client_closed_request") ? true : null));
    expect(await served.gateway.db.request.count({ where: { accountId: served.caller.accountId } })).toBe(0);
  });
});

describe("a silent upstream", () => {
  test("is bridged by comments that clients skip", async () => {
    served.upstream.script(async (res) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      const [first = "", ...rest] = plainStream();
      res.write(first);
      await new Promise((resolve) => setTimeout(resolve, 350));
      res.end(rest.join(""));
    });
    const body = await (await served.chat({ stream: true })).text();
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
    served.upstream.script(async (res, { closed }) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      for (let sent = 0; sent < 2_000 && !res.destroyed; sent++) {
        if (!res.write(big)) await Promise.race([once(res, "drain"), closed]);
        written += big.length;
      }
      res.end();
    });
    const { port } = new URL(served.gateway.url);
    const body = JSON.stringify(chatBody({ stream: true }));
    const socket = connect(Number(port), "127.0.0.1");
    socket.pause();
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${served.caller.apiKey}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
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
    const [slow] = served.upstream.calls;
    served.upstream.script(sse(...plainStream()));
    expect(await (await served.chat({ stream: true })).text()).toContain("[DONE]");
    socket.destroy();
    await slow?.closed;
  });
});
