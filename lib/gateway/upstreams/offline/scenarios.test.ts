import { describe, expect, test } from "vitest";
import { exchange, offline, user } from "./testing.ts";

const body = { messages: [user("What is 17 × 23 + 4?")], stream_options: { include_usage: true } };
const bytes = new TextEncoder().encode('data: {"a":1}\n\ndata: [DONE]\n\n');

describe("a scenario", () => {
  test("unreachable: send rejects as fetch does", async () => {
    const upstream = offline({ scenario: { kind: "unreachable" } });
    await expect(exchange(upstream, body, true)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  test.each(["stall-before-first-byte", "stall-after-headers"] as const)(
    "%s: nothing until the abort",
    async (kind) => {
      const stop = new AbortController();
      let events = 0;
      const pending = exchange(offline({ scenario: { kind } }), body, true, () => events++, stop.signal);
      stop.abort(new Error("left"));
      await expect(pending).rejects.toThrow("left");
      expect(events).toBe(0);
    },
  );

  test("stall-mid-stream: so many events, then nothing until the abort", async () => {
    const stop = new AbortController();
    let events = 0;
    const counted = () => {
      if (++events === 4) queueMicrotask(() => stop.abort(new Error("left")));
    };
    const upstream = offline({ scenario: { kind: "stall-mid-stream", afterEvents: 4 } });
    await expect(exchange(upstream, body, true, counted, stop.signal)).rejects.toThrow("left");
    expect(events).toBe(4);
  });

  test("error-status: status, headers and body as given", async () => {
    const scenario = {
      kind: "error-status",
      status: 429,
      headers: { "retry-after": "2" },
      body: { no: 1 },
    } as const;
    const answer = await exchange(offline({ scenario }), body, true);
    expect(answer).toMatchObject({ status: 429, headers: { "retry-after": "2" }, text: '{"no":1}' });
  });

  test("error-mid-stream: an error event, then the end without [DONE]", async () => {
    const { text } = await exchange(
      offline({ scenario: { kind: "error-mid-stream", afterEvents: 3 } }),
      body,
      true,
    );
    const events = text.trim().split("\n\n");
    expect(events).toHaveLength(4);
    expect(events[3]).toContain("engine_overloaded_error");
  });

  test("cut: the end without [DONE]; half the JSON when not streamed", async () => {
    const upstream = offline({ scenario: { kind: "cut", afterEvents: 3 } });
    const { text } = await exchange(upstream, body, true);
    expect(text.match(/^data: /gm)).toHaveLength(3);
    expect(text).not.toContain("[DONE]");
    const { text: half } = await exchange(upstream, body, false);
    expect(half.length).toBeGreaterThan(10);
    expect(() => JSON.parse(half)).toThrow(SyntaxError);
  });

  test("reset: the body throws", async () => {
    const upstream = offline({ scenario: { kind: "reset", afterEvents: 3 } });
    await expect(exchange(upstream, body, true)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  });

  test("html, empty: what a broken proxy answers", async () => {
    expect(await exchange(offline({ scenario: { kind: "html" } }), body, true)).toMatchObject({
      status: 502,
      headers: { "content-type": "text/html" },
    });
    expect(await exchange(offline({ scenario: { kind: "empty" } }), body, true)).toMatchObject({
      status: 200,
      text: "",
    });
  });

  test("bad-json: one broken event, the rest whole; half the JSON when not streamed", async () => {
    const upstream = offline({ scenario: { kind: "bad-json", afterEvents: 3 } });
    const { text } = await exchange(upstream, body, true);
    const broken = text.split("\n\n").filter((event) => {
      try {
        JSON.parse(event.replace("data: ", ""));
        return false;
      } catch {
        return event !== "" && event !== "data: [DONE]";
      }
    });
    expect(broken).toHaveLength(1);
    expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  });

  test("no-usage: none, although it was asked for", async () => {
    const upstream = offline({ scenario: { kind: "no-usage" } });
    expect((await exchange(upstream, body, true)).text).not.toContain("usage");
    expect((await exchange(upstream, body, false)).text).not.toContain("usage");
  });

  test("replay: these bytes, in chunks of this size", async () => {
    let chunks = 0;
    const upstream = offline({ scenario: { kind: "replay", bytes, chunkBytes: 5 } });
    const { text } = await exchange(upstream, body, true, () => chunks++);
    expect(text).toBe(new TextDecoder().decode(bytes));
    expect(chunks).toBe(Math.ceil(bytes.length / 5));
  });

  test("may be chosen for each call: an error first, then none", async () => {
    const upstream = offline({
      scenario: (call) => (call === 0 ? { kind: "error-status", status: 503 } : null),
    });
    expect((await exchange(upstream, body, true)).status).toBe(503);
    expect((await exchange(upstream, body, true)).status).toBe(200);
  });

  test("slow: its own pace", async () => {
    const delays: number[] = [];
    const upstream = offline({
      scenario: { kind: "slow", firstTokenMs: 9000 },
      delay: async (ms) => delays.push(ms),
    });
    await exchange(upstream, body, false);
    expect(delays).toEqual([9000]);
  });

  test("cannot be chosen by what a request says", async () => {
    const asking = { ...body, scenario: { kind: "cut", afterEvents: 1 } };
    expect((await exchange(offline(), asking, true)).text).toContain("[DONE]");
  });
});
