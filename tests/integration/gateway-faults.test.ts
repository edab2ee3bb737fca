import { describe, expect, test } from "vitest";
import { databases } from "#tests/support/databases.ts";
import { chatBody, createTestCaller, post, startTestGateway } from "#tests/support/gateway.ts";
import { setUpGateway, shortWaits } from "#tests/support/gateway-under-test.ts";
import {
  chunk,
  done,
  json,
  type MockAnswer,
  plainCompletion,
  refuse,
  silence,
  sse,
  sseThenReset,
  sseThenSilence,
  text,
  usageChunk,
} from "#tests/support/mock-upstream.ts";
import { badTool, overloaded, upstreamFailures } from "#tests/support/upstream-failures.ts";

const served = setUpGateway(shortWaits);

describe("an upstream that fails before its first byte", () => {
  test.each(upstreamFailures.flatMap((failure) => [false, true].map((stream) => ({ ...failure, stream }))))(
    "$what (stream: $stream)",
    async ({ answer, status, code, tries, stream }) => {
      served.upstream.script(answer);
      const response = await served.chat({ stream });
      expect(response.status).toBe(status);
      const { error } = await response.json();
      expect(Object.keys(error).sort()).toEqual(["code", "message", "param", "type"]);
      expect(error.code).toBe(code);
      expect(JSON.stringify(error)).not.toContain("sk-upstream");
      expect(served.upstream.calls).toHaveLength(tries);
      expect(response.headers.get("x-aig-attempts")).toBe(String(tries));
      const metered = await served.onlyRequest();
      expect(metered).toMatchObject({
        status: "failed",
        errorCode: code,
        costNanoUsd: 0n,
        estimated: false,
        attempts: tries,
      });
      expect(metered?.usage.promptTokens).toBe(0);
    },
  );

  test("names the field at fault where the upstream does", async () => {
    served.upstream.script(json(400, badTool));
    const { error } = await (await served.chat()).json();
    expect(error).toMatchObject({ message: "function name f is duplicated", param: "tools" });
  });

  test("is tried again and billed once when the next try works", async () => {
    served.upstream.script(
      json(429, overloaded, { "retry-after": "0" }),
      refuse(),
      json(200, plainCompletion()),
    );
    const response = await served.chat();
    expect(response.status).toBe(200);
    expect(response.headers.get("x-aig-attempts")).toBe("3");
    expect(await served.onlyRequest()).toMatchObject({
      status: "succeeded",
      attempts: 3,
      usage: { promptTokens: 10, completionTokens: 5 },
    });
  });

  test("nobody listening is 503", async () => {
    const lonely = await startTestGateway({
      databaseUrl: databases[0]?.url ?? "",
      upstreamUrl: "http://127.0.0.1:9/v1",
    });
    const { apiKey } = await createTestCaller(lonely.db);
    const response = await post(`${lonely.url}/v1/chat/completions`, apiKey, chatBody());
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: "upstream_unavailable" } });
    await lonely.stop();
  });

  test.each([{ stream: true }, { stream: false }])("silence is a timeout (%o)", async (fields) => {
    served.upstream.script(silence());
    const response = await served.chat(fields);
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ error: { code: "upstream_timeout" } });
    expect(served.upstream.calls).toHaveLength(1);
    await served.upstream.calls[0]?.closed;
    expect(await served.onlyRequest()).toMatchObject({
      status: "failed",
      errorCode: "upstream_timeout",
      costNanoUsd: 0n,
    });
  });

  test("an error as the first event of a stream is an error response", async () => {
    served.upstream.script(sse(`data: ${JSON.stringify(overloaded)}\n\n`));
    const response = await served.chat({ stream: true });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: "upstream_unavailable" } });
  });

  test.each(['{"choices": [', "null", "[]", "{}", '{"choices":[]}'])(
    "an answer of %s is an upstream error",
    async (body) => {
      served.upstream.script(text(200, "application/json", body));
      const response = await served.chat();
      expect(response.status).toBe(502);
      expect(await served.onlyRequest()).toMatchObject({
        status: "failed",
        errorCode: "upstream_error",
        costNanoUsd: 0n,
      });
    },
  );
});

describe("an upstream that fails after its first byte", () => {
  const begun = [
    chunk({ role: "assistant", content: "" }),
    chunk({ reasoning_content: "Thinking of it." }),
    chunk({ content: "Half an" }),
  ];

  test.each<{ what: string; answer: MockAnswer; code: string }>([
    {
      what: "an error event",
      answer: sse(...begun, `data: ${JSON.stringify(overloaded)}\n\n`, done),
      code: "upstream_unavailable",
    },
    { what: "the end without [DONE]", answer: sse(...begun), code: "upstream_error" },
    { what: "a finish without [DONE]", answer: sse(...begun, chunk({}, "stop")), code: "upstream_error" },
    { what: "[DONE] without a finish", answer: sse(...begun, done), code: "upstream_error" },
    { what: "half an event", answer: sse(...begun, 'data: {"choices": [{'), code: "upstream_error" },
    { what: "a reset", answer: sseThenReset(...begun), code: "upstream_error" },
    { what: "silence", answer: sseThenSilence(...begun), code: "upstream_timeout" },
  ])("$what becomes an error in the stream, which never looks like success", async ({ answer, code }) => {
    served.upstream.script(answer);
    const response = await served.chat({ stream: true });
    expect(response.status).toBe(200);
    const body = await response.text();
    expect(body).not.toContain("[DONE]");
    const events = body.split("\n\n").filter((event) => event.startsWith("data: "));
    expect(JSON.parse(events.at(-1)?.slice(6) ?? "")).toMatchObject({
      error: { code, param: null, type: "server_error" },
    });
    const metered = await served.onlyRequest();
    expect(metered).toMatchObject({ status: "failed", errorCode: code, httpStatus: 200, estimated: true });
    expect(metered?.usage.completionTokens).toBeGreaterThan(0);
    expect(metered?.usage.promptTokens).toBeGreaterThan(0);
    expect(served.upstream.calls).toHaveLength(1);
  });

  test("is billed what the upstream reported, where it did", async () => {
    served.upstream.script(sse(...begun, chunk({}, "stop"), usageChunk()));
    await (await served.chat({ stream: true })).text();
    expect(await served.onlyRequest()).toMatchObject({
      status: "failed",
      estimated: false,
      usage: { promptTokens: 10, completionTokens: 5 },
    });
  });

  test("and had produced nothing costs nothing", async () => {
    served.upstream.script(sse(chunk({ role: "assistant", content: "" })));
    await (await served.chat({ stream: true })).text();
    expect(await served.onlyRequest()).toMatchObject({ status: "failed", estimated: false, costNanoUsd: 0n });
  });
});
