import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { databases } from "#tests/support/databases.ts";
import { createTestCaller, expectError, until } from "#tests/support/gateway.ts";
import { pausing, readUntil, setUpIdempotency } from "#tests/support/idempotency.ts";
import { json, plainCompletion, plainStream, sse } from "#tests/support/mock-upstream.ts";

describe.each(databases)("Idempotency-Key on $name", ({ url }) => {
  const at = setUpIdempotency(url);

  test.each([
    { what: "not streamed", path: "chat/completions", fields: {} },
    { what: "streamed", path: "chat/completions", fields: { stream: true } },
    { what: "not streamed, of the Responses API", path: "responses", fields: {} },
    { what: "streamed, of the Responses API", path: "responses", fields: { stream: true } },
  ])("20 parallel calls, $what, are one call with 20 equal answers", async ({ path, fields }) => {
    at.upstream.script("stream" in fields ? sse(...plainStream()) : json(200, plainCompletion()));
    const told = await Promise.all(Array.from({ length: 20 }, () => at.call("one", fields, { path })));
    const [first] = told;
    expect(at.upstream.calls).toHaveLength(1);
    expect(first?.body.length).toBeGreaterThan(0);
    for (const { status, headers, body } of told) {
      expect(status).toBe(200);
      expect(headers.get("x-request-id")).toBe(first?.headers.get("x-request-id"));
      expect(headers.get("content-type")).toBe(first?.headers.get("content-type"));
      expect(headers.get("x-aig-provider")).toBe("mock");
      expect(headers.get("x-ratelimit-remaining-requests")).toBe("59");
      expect(body.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
    }
    expect(told.filter(({ headers }) => headers.get("x-aig-replayed") === "true")).toHaveLength(19);
    expect(await at.rows()).toMatchObject([
      { id: first?.headers.get("x-request-id"), status: "succeeded", promptTokens: 10, completionTokens: 5 },
    ]);
    const quotas = await at.gateway.db.dailyQuota.findMany({ where: { accountId: at.caller.accountId } });
    expect(quotas).toMatchObject([{ used: 1 }]);
  });

  test("a repetition after the end gets the same answer, whatever the order of its fields", async () => {
    at.upstream.script(sse(...plainStream()));
    const first = await at.call("later", { stream: true, seed: 1 });
    const again = await at.call("later", { seed: 1, stream: true });
    expect(again.body.equals(first.body)).toBe(true);
    expect(again.headers.get("x-aig-replayed")).toBe("true");
    expect(first.headers.get("x-aig-replayed")).toBeNull();
    expect(again.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(at.upstream.calls).toHaveLength(1);
    expect(at.gateway.logged()).toContain(`"replayOf":"${first.headers.get("x-request-id")}"`);
  });

  test("a repetition that joins in the middle of a stream gets every byte, as it comes", async () => {
    const events = plainStream();
    const { answer, resume } = pausing(events.slice(0, 3), events.slice(3));
    at.upstream.script(answer);
    const first = at.call("joined", { stream: true });
    await until(() => at.upstream.calls[0] ?? null);
    const { seen, rest } = await readUntil(await at.send("joined", { stream: true }), "Hello");
    expect(seen).not.toContain("there");
    resume();
    const whole = await rest();
    expect(whole).toBe((await first).body.toString("utf8"));
    expect(whole).toContain("[DONE]");
    expect(at.upstream.calls).toHaveLength(1);
  });

  test("OpenAI's client reads a repeated stream as it read the first", async () => {
    at.upstream.script(sse(...plainStream()));
    const client = new OpenAI({ baseURL: `${at.gateway.url}/v1`, apiKey: at.caller.apiKey });
    const read = async () => {
      const stream = await client.chat.completions.create(
        { model: "moonshot/kimi-k2.6", messages: [{ role: "user", content: "Hi" }], stream: true },
        { headers: { "Idempotency-Key": "by the client" } },
      );
      const chunks: OpenAI.ChatCompletionChunk[] = [];
      for await (const part of stream) chunks.push(part);
      return chunks;
    };
    const first = await read();
    expect(first.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("Hello there.");
    expect(await read()).toEqual(first);
    expect(at.upstream.calls).toHaveLength(1);
  });

  test("the same key with another body or endpoint is refused and costs nothing", async () => {
    at.upstream.script(json(200, plainCompletion()));
    await at.call("reused");
    const answers = [
      await at.send("reused", { seed: 2 }),
      await at.send("reused", { stream: true }),
      await at.send("reused", {}, { path: "responses" }),
    ];
    for (const answer of answers) {
      expect(await expectError(answer, 409, "idempotency_key_reused")).toMatchObject({
        param: "Idempotency-Key",
      });
    }
    expect(await at.rows()).toHaveLength(1);
  });

  test("another account's key is its own", async () => {
    at.upstream.script(json(200, plainCompletion()));
    const other = await createTestCaller(at.gateway.db);
    const mine = await at.call("shared");
    const theirs = await at.call("shared", {}, { apiKey: other.apiKey });
    expect(theirs.headers.get("x-aig-replayed")).toBeNull();
    expect(theirs.headers.get("x-request-id")).not.toBe(mine.headers.get("x-request-id"));
    expect(at.upstream.calls).toHaveLength(2);
  });

  test("a revoked key and one without the scope are told nothing", async () => {
    at.upstream.script(json(200, plainCompletion()));
    await at.call("guarded");
    const { db } = at.gateway;
    await db.key.update({ where: { id: at.caller.keyId }, data: { modelPatterns: ["other/*"] } });
    await expectError(await at.send("guarded"), 403, "scope_exceeded");
    await db.key.update({
      where: { id: at.caller.keyId },
      data: { modelPatterns: [], revokedAt: new Date() },
    });
    await expectError(await at.send("guarded"), 401, "invalid_key");
  });
});
