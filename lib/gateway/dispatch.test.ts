import { describe, expect, test } from "vitest";
import { ApiError } from "#lib/wire/errors.ts";
import { type Dispatched, type DispatchPorts, dispatch, refusalOf } from "./dispatch.ts";
import { createUpstreamPool } from "./upstream-pool.ts";
import { UpstreamTimeout } from "./upstreams/time-limits.ts";
import type { Upstream, UpstreamAnswer, UpstreamCall } from "./upstreams/upstream.ts";

type Act = (call: UpstreamCall) => Promise<UpstreamAnswer>;

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

const answers =
  (status: number, body: string, headers: Record<string, string> = {}): Act =>
  async () => ({ status, headers, body: bytes(body) });
const works = answers(200, "data: ok\n\n");
const throws =
  (error: Error): Act =>
  () =>
    Promise.reject(error);
const refused = throws(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
const report = JSON.stringify({ error: { message: "tools: bad", type: "invalid_request_error" } });

/** Upstreams a, b, c … that act as scripted, the last act over and over. */
function setUp(scripts: Act[][], options: { failuresToOpen?: number } = {}) {
  let nowMs = 0;
  const calls: { name: string; firstByteMs: number | undefined }[] = [];
  const pauses: number[] = [];
  const upstreams = scripts.map((acts, index): Upstream => {
    const name = "abc"[index] ?? "?";
    return {
      name,
      send(call) {
        calls.push({ name, firstByteMs: call.firstByteMs });
        const act = acts.length > 1 ? acts.shift() : acts[0];
        return act ? act(call) : Promise.reject(new Error("no act"));
      },
    };
  });
  const breaker = { failuresToOpen: options.failuresToOpen ?? 100, coolDownMs: 10_000 };
  const pool = createUpstreamPool(upstreams, { breaker, failoverMs: 15_000, now: () => nowMs });
  const ports: DispatchPorts = {
    delay: async (ms, signal) => {
      // A grace for the first byte is longer than any pause, and never the one to win here.
      if (ms > 1_500) return new Promise((resolve) => signal.addEventListener("abort", resolve));
      pauses.push(ms);
      nowMs += ms;
    },
    random: () => 0,
    observeTry: () => () => undefined,
  };
  const send = (fields: Partial<UpstreamCall> = {}): Promise<Dispatched> =>
    dispatch(
      pool,
      { body: {}, stream: true, requestId: "req_1", signal: new AbortController().signal, ...fields },
      ports,
    );
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { pool, send, calls, pauses, pass, names: () => calls.map(({ name }) => name).join("") };
}

async function readToEnd(dispatched: Dispatched): Promise<void> {
  if (dispatched.kind !== "answered") throw new Error(dispatched.kind);
  for await (const piece of dispatched.answer.body) expect(piece.length).toBeGreaterThan(0);
  dispatched.passage.completed();
}

describe("failing over", () => {
  test.each<[what: string, act: Act]>([
    ["refuses connections", refused],
    ["answers 500", answers(500, "")],
    ["answers 429 and asks for a long wait", answers(429, "", { "retry-after": "60" })],
    ["refuses the key", answers(401, "")],
    ["does not know the model", answers(404, "")],
    ["sends a page", answers(200, "<html>", { "content-type": "text/html" })],
    ["sends nothing", async () => ({ status: 200, headers: {}, body: bytes() })],
    ["sends no first byte in time", throws(new UpstreamTimeout("firstByte", "sent nothing within 15 s"))],
  ])("goes to the next upstream at once when the first %s", async (_what, act) => {
    const { send, names, pauses } = setUp([[act], [works]]);
    expect(await send()).toMatchObject({ kind: "answered", upstream: "b", attempts: 2 });
    expect(names()).toBe("ab");
    expect(pauses).toEqual([]);
  });

  test("does not shop around with what is the caller's fault", async () => {
    const { send, names } = setUp([[answers(400, report)], [works]]);
    expect(await send()).toMatchObject({ kind: "failed", attempts: 1, error: { code: "invalid_request" } });
    expect(names()).toBe("a");
  });

  test("does not wait the whole time an answer may take a second time", async () => {
    const { send, names } = setUp([[throws(new UpstreamTimeout("total", "did not finish"))], [works]]);
    expect(await send()).toMatchObject({ kind: "failed", error: { code: "upstream_timeout" } });
    expect(names()).toBe("a");
  });

  test("tries three times in all, the first again only when no other is left", async () => {
    const { send, names, pauses } = setUp([[answers(503, "")], [answers(500, "")]]);
    expect(await send()).toMatchObject({ kind: "failed", attempts: 3, upstream: "a" });
    expect(names()).toBe("aba");
    expect(pauses).toHaveLength(1);
    const three = setUp([[refused], [refused], [refused]]);
    expect(await three.send()).toMatchObject({ kind: "failed", attempts: 3, upstream: "c" });
    expect(three.names()).toBe("abc");
  });

  test("tries again only where it is safe: not the upstream that refused the key", async () => {
    const { send, names } = setUp([[answers(401, "")], [answers(500, ""), works]]);
    expect(await send()).toMatchObject({ kind: "answered", upstream: "b", attempts: 3 });
    expect(names()).toBe("abb");
  });

  test("a stream's first byte is waited for shortly while another upstream could take over, and in full by the last", async () => {
    const { send, calls } = setUp([[refused], [works]]);
    await send();
    expect(calls.map(({ firstByteMs }) => firstByteMs)).toEqual([15_000, undefined]);
    const whole = setUp([[works], [works]]);
    await whole.send({ stream: false });
    expect(whole.calls[0]?.firstByteMs).toBeUndefined();
  });
});

describe("with breakers", () => {
  test("an upstream that fails call after call is skipped, and serves again once a probe worked", async () => {
    const { send, names, calls, pass } = setUp([[refused, refused, works], [works]], { failuresToOpen: 2 });
    for (const _ of [1, 2, 3]) await readToEnd(await send());
    expect(names()).toBe("ababb");
    calls.length = 0;
    pass(10_000);
    expect(await send()).toMatchObject({ upstream: "a", attempts: 1 });
    expect(await send()).toMatchObject({ upstream: "a", attempts: 1 });
  });

  test("a failed probe costs its call nothing but a try", async () => {
    const { send, names, calls, pass } = setUp([[refused], [works]], { failuresToOpen: 1 });
    await send();
    pass(10_000);
    calls.length = 0;
    expect(await send()).toMatchObject({ kind: "answered", upstream: "b", attempts: 2 });
    expect(await send()).toMatchObject({ kind: "answered", upstream: "b", attempts: 1 });
    expect(names()).toBe("abb");
  });

  test("while all are left alone calls are to be refused, and told when to come back", async () => {
    const { send, pool, pass } = setUp([[refused], [refused]], { failuresToOpen: 1 });
    expect(refusalOf(pool)).toBeNull();
    await send();
    pass(4_000);
    expect(refusalOf(pool)).toMatchObject({ code: "upstream_unavailable", retryAfterS: 6 });
    pass(6_000);
    expect(refusalOf(pool)).toBeNull();
  });

  test("a call that was admitted before all came to be left alone is tried once", async () => {
    const { send, names, pool } = setUp([[refused], [refused, works]], { failuresToOpen: 1 });
    await send();
    expect(names()).toBe("ab");
    expect(await send()).toMatchObject({ kind: "failed", attempts: 1, upstream: "a" });
    expect(names()).toBe("aba");
    expect(pool.members.map(({ breaker }) => breaker.state())).toEqual(["open", "open"]);
  });

  test("refusals and limits do not count", async () => {
    const { send, pool } = setUp([[answers(429, ""), answers(400, report)]], { failuresToOpen: 2 });
    for (const _ of [1, 2, 3]) await send();
    expect(pool.members[0]?.breaker.state()).toBe("closed");
  });

  test("a call that ends before it reached the upstream proves nothing: the next one probes", async () => {
    const ownFault = throws(new ApiError("invalid_request", "The image cannot be used."));
    const { send, pool, pass } = setUp([[refused, ownFault, refused]], { failuresToOpen: 1 });
    await send();
    pass(10_000);
    expect(await send()).toMatchObject({ kind: "failed", error: { code: "invalid_request" } });
    expect(pool.members[0]?.breaker.state()).toBe("half_open");
    await send();
    expect(pool.members[0]?.breaker.state()).toBe("open");
  });

  test("a client that leaves a probe makes room for the next one", async () => {
    const client = new AbortController();
    const leaves: Act = () => {
      client.abort();
      return Promise.reject(client.signal.reason);
    };
    const { send, pass } = setUp([[refused, leaves, works]], { failuresToOpen: 1 });
    await send();
    pass(10_000);
    expect(await send({ signal: client.signal })).toMatchObject({ kind: "aborted" });
    expect(await send()).toMatchObject({ kind: "answered", upstream: "a" });
  });
});
