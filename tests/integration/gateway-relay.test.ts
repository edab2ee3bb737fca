import { describe, expect, test } from "vitest";
import { costOf } from "#lib/usage/cost.ts";
import { createFrameSplitter } from "#lib/wire/sse.ts";
import { readStreamFixture, streamFixtures } from "#tests/fixtures/streams/index.ts";
import { chatBody, post } from "#tests/support/gateway.ts";
import { setUpGateway } from "#tests/support/gateway-under-test.ts";
import { json, plainCompletion, plainStream, sse, usageChunk } from "#tests/support/mock-upstream.ts";

const prices = { inputNanoUsd: 950, cachedInputNanoUsd: 95, outputNanoUsd: 4000 };

const served = setUpGateway();

/** The events a client must get: those before the end or an error, without a chunk of usage and no choices. */
function eventsBeforeEnd(bytes: Uint8Array): Buffer {
  const splitter = createFrameSplitter();
  const frames = splitter.push(bytes);
  const end = frames.findIndex(
    ({ data }) => data !== null && (data.trim() === "[DONE]" || /^\{"error"/.test(data)),
  );
  return Buffer.concat((end === -1 ? frames : frames.slice(0, end)).map((frame) => frame.raw));
}

describe("every recorded stream", () => {
  test.each(streamFixtures)(
    "$file reaches the client byte for byte and is metered as it says",
    async (fixture) => {
      const bytes = readStreamFixture(fixture.file);
      // Cut at places that fall into events, lines and characters.
      const pieces = Array.from({ length: Math.ceil(bytes.length / 37) }, (_, at) =>
        bytes.subarray(at * 37, at * 37 + 37),
      );
      served.upstream.script(sse(...pieces));
      const response = await served.chat({ stream: true, stream_options: { include_usage: true } });
      const received = Buffer.from(await response.arrayBuffer());
      const metered = await served.meteredOf(response);
      if (fixture.ends === "done" && fixture.finishReason !== null) {
        expect(received.equals(Buffer.from(bytes))).toBe(true);
        expect(metered.status).toBe("succeeded");
      } else {
        const expected = eventsBeforeEnd(bytes);
        expect(received.subarray(0, expected.length).equals(expected)).toBe(true);
        const rest = received.subarray(expected.length).toString("utf8");
        expect(JSON.parse(rest.slice("data: ".length)).error).toMatchObject({
          code: expect.any(String),
          param: null,
        });
        expect(received.toString("utf8")).not.toContain("[DONE]");
        expect(metered.status).toBe("failed");
      }
      if (fixture.usage) {
        expect(metered.usage).toEqual(fixture.usage);
        expect(metered.estimated).toBe(false);
      } else {
        expect(metered.estimated).toBe(true);
      }
      expect(metered.costNanoUsd).toBe(costOf(metered.usage, prices));
    },
  );

  test("a usage chunk is asked for always and withheld from a client that did not ask", async () => {
    served.upstream.script(sse(...plainStream()));
    const response = await served.chat({ stream: true });
    expect(await response.text()).toBe(
      plainStream()
        .filter((event) => event !== usageChunk())
        .join(""),
    );
    expect(served.upstream.calls[0]?.body.stream_options).toEqual({ include_usage: true });
    expect((await served.meteredOf(response)).usage).toMatchObject({ promptTokens: 10, completionTokens: 5 });
  });

  test("nothing compresses or buffers a stream", async () => {
    served.upstream.script(sse(...plainStream()));
    const response = await served.chat({ stream: true });
    await response.text();
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(response.headers.get("x-aig-provider")).toBe("mock");
    expect(response.headers.get("x-aig-attempts")).toBe("1");
  });
});

describe("a whole answer", () => {
  test("passes byte for byte, unknown fields included, and is metered", async () => {
    const completion = {
      ...plainCompletion(),
      service_tier: "x",
      choices: [{ index: 0, message: { role: "assistant", content: "é", odd: [1] }, finish_reason: "stop" }],
    };
    served.upstream.script(json(200, completion));
    const response = await served.chat({});
    expect(await response.text()).toBe(JSON.stringify(completion));
    const metered = await served.meteredOf(response);
    expect(metered).toMatchObject({
      status: "succeeded",
      finishReason: "stop",
      httpStatus: 200,
      attempts: 1,
      upstream: "mock",
    });
    expect(metered.costNanoUsd).toBe(10n * 950n + 5n * 4000n);
  });

  test("without usage is estimated, and flagged", async () => {
    const { usage: _usage, ...completion } = plainCompletion();
    served.upstream.script(json(200, completion));
    const response = await served.chat({});
    await response.text();
    const metered = await served.meteredOf(response);
    expect(metered.estimated).toBe(true);
    expect(metered.usage.promptTokens).toBeGreaterThan(0);
    expect(metered.usage.completionTokens).toBeGreaterThan(0);
  });
});

describe("what the upstream gets", () => {
  test("no header of the caller's but its own key, and the body as Kimi accepts it", async () => {
    served.upstream.script(json(200, plainCompletion()));
    const body = chatBody({
      temperature: 0.7,
      max_tokens: 32_000,
      client_metadata: { a: [1, null] },
      messages: [
        { role: "developer", content: "Be brief." },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "c1", content: "1" },
      ],
    });
    const response = await post(`${served.gateway.url}/v1/chat/completions`, served.caller.apiKey, body, {
      headers: { cookie: "a=b", "x-mine": "1" },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-aig-warning")).toMatch(
      /temperature is fixed.*max_tokens was lowered from 32000 to 16384/,
    );
    const [call] = served.upstream.calls;
    expect(call?.headers).toMatchObject({
      authorization: "Bearer sk-upstream-secret",
      "content-type": "application/json",
    });
    expect(call?.headers).not.toHaveProperty("cookie");
    expect(call?.headers).not.toHaveProperty("x-mine");
    expect(call?.body).toEqual({
      model: "kimi-k2.6",
      max_completion_tokens: 16_384,
      client_metadata: { a: [1, null] },
      messages: [
        { role: "system", content: "Be brief." },
        {
          role: "assistant",
          content: null,
          reasoning_content: " ",
          tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "c1", content: "1" },
      ],
    });
  });
});
