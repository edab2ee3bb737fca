import { describe, expect, test } from "vitest";
import { databases } from "#tests/support/databases.ts";
import { expectError, until } from "#tests/support/gateway.ts";
import { pausing, readUntil, setUpIdempotency } from "#tests/support/idempotency.ts";
import {
  chunk,
  json,
  plainCompletion,
  plainStream,
  sse,
  sseThenSilence,
} from "#tests/support/mock-upstream.ts";

describe.each(databases)("a call with an Idempotency-Key that fails, on $name", ({ url }) => {
  const at = setUpIdempotency(url);

  test("a body that the upstream refuses stays refused without asking again", async () => {
    at.upstream.script(json(400, { error: { message: "seed must be even", type: "invalid_request_error" } }));
    const first = await at.call("refused", { seed: 1 });
    const again = await at.call("refused", { seed: 1 });
    expect(first.status).toBe(400);
    expect(again).toMatchObject({ status: 400, body: first.body });
    expect(again.headers.get("x-should-retry")).toBe("false");
    expect(again.headers.get("x-aig-replayed")).toBe("true");
    expect(at.upstream.calls).toHaveLength(1);
    const replays = at.gateway.logged().split("\n");
    const line = replays.find((entry) => entry.includes(`"replayOf":"${first.headers.get("x-request-id")}"`));
    expect(line).toContain('"code":"invalid_request"');
  });

  test("a failure of the upstream is told to those who wait and tried again by the next", async () => {
    const refusal = json(401, { error: { message: "no", type: "auth" } });
    at.upstream.script(refusal, json(200, plainCompletion()));
    const told = await at.call("failed");
    expect(told.status).toBe(502);
    const again = await at.call("failed");
    expect(again.status).toBe(200);
    expect(again.headers.get("x-aig-replayed")).toBeNull();
    expect((await at.rows()).map(({ status }) => status).sort()).toEqual(["failed", "succeeded"]);
  });

  test("a stream that breaks off ends for its followers too, without [DONE], and frees the key", async () => {
    const { answer, resume } = pausing([chunk({ content: "Half" })], []);
    at.upstream.script(answer, sse(...plainStream()));
    const open = await Promise.all(
      Array.from({ length: 5 }, async () => readUntil(await at.send("broken", { stream: true }), "Half")),
    );
    resume();
    for (const { rest } of open) {
      const body = await rest();
      expect(body).toContain('"code":"upstream_error"');
      expect(body).not.toContain("[DONE]");
    }
    const again = await at.call("broken", { stream: true });
    expect(again.body.toString("utf8")).toContain("[DONE]");
    expect(at.upstream.calls).toHaveLength(2);
  });

  test("a refused admission leaves the key free", async () => {
    at.upstream.script(json(200, plainCompletion()));
    await at.gateway.db.key.update({ where: { id: at.caller.keyId }, data: { requestsPerMinute: 1 } });
    await at.call("first of the minute");
    await expectError(await at.send("second"), 429, "rate_limited");
    expect(await at.kept()).toHaveLength(1);
    await at.gateway.db.key.update({ where: { id: at.caller.keyId }, data: { requestsPerMinute: 5 } });
    expect((await at.call("second")).status).toBe(200);
  });

  test("a body that is refused before admission leaves the key free", async () => {
    at.upstream.script(json(200, plainCompletion()));
    expect((await at.call("mistaken", { messages: "no list" })).status).toBe(400);
    expect((await at.call("mistaken")).status).toBe(200);
  });

  test("a client that leaves stops its call as always, and one of those who wait makes it anew", async () => {
    at.upstream.script(sseThenSilence(), sse(...plainStream()));
    const controller = new AbortController();
    const left = at.send("left", { stream: true }, { signal: controller.signal });
    await until(() => at.upstream.calls[0] ?? null);
    const waiting = [at.call("left", { stream: true }), at.call("left", { stream: true })];
    controller.abort();
    await expect(left.then((response) => response.text())).rejects.toThrow();
    await at.upstream.calls[0]?.closed;
    const [one, two] = await Promise.all(waiting);
    expect(one?.body.toString("utf8")).toContain("[DONE]");
    expect(two?.body.equals(one?.body ?? Buffer.alloc(0))).toBe(true);
    expect(at.upstream.calls).toHaveLength(2);
  });

  test("an answer of more than 8 MiB is given but not kept", async () => {
    const big = plainCompletion();
    const message = { role: "assistant", content: "x".repeat(9 * 1024 * 1024) };
    at.upstream.script(json(200, { ...big, choices: [{ index: 0, message, finish_reason: "stop" }] }));
    expect((await at.call("large")).body.length).toBeGreaterThan(9 * 1024 * 1024);
    expect(await at.kept()).toEqual([]);
    expect(at.gateway.gateway.activeRequests()).toBe(0);
  });

  test("an answer whose record is lost is given all the same", async () => {
    const events = plainStream();
    const { answer, resume } = pausing(events.slice(0, 3), events.slice(3));
    at.upstream.script(answer);
    const first = at.call("lost", { stream: true });
    await until(async () => ((await at.kept())[0]?.httpStatus === 200 ? true : null));
    await at.gateway.db.idempotentCall.deleteMany({ where: { accountId: at.caller.accountId } });
    resume();
    expect((await first).body.toString("utf8")).toContain("[DONE]");
    expect(await at.kept()).toEqual([]);
  });

  test("a header that is no key is refused", async () => {
    await expectError(await at.send("a".repeat(256)), 400, "invalid_request");
    expect(await at.rows()).toEqual([]);
  });
});
