import { describe, expect, test } from "vitest";
import { deleteExpiredItems } from "#lib/gateway/kept-items/store.ts";
import { databases } from "#tests/support/databases.ts";
import { createTestCaller, expectError, post } from "#tests/support/gateway.ts";
import { setUpGateway } from "#tests/support/gateway-under-test.ts";
import {
  chunk,
  done,
  json,
  plainCompletion,
  plainStream,
  sse,
  sseThenReset,
  usageChunk,
} from "#tests/support/mock-upstream.ts";

const dayMs = 24 * 60 * 60 * 1000;
const refer = (id: string) => ({ type: "item_reference", id });
const user = (content: string) => ({ role: "user", content });

/** The output items of a streamed answer, as its last event tells them. */
function itemsOf(stream: string): { id: string; type: string }[] {
  const last = stream.match(/data: (\{"type":"response\.(?:completed|incomplete|failed)".*)/)?.[1];
  if (!last) throw new Error(`The stream has no end: ${stream}`);
  return JSON.parse(last).response.output;
}

const callingStream = [
  chunk({ role: "assistant", content: "" }),
  chunk({ reasoning_content: "The sky must be looked at." }),
  chunk({ tool_calls: [{ index: 0, id: "c1", function: { name: "look", arguments: '{"at":"sky"}' } }] }),
  chunk({}, "tool_calls"),
  usageChunk(),
  done,
];

describe.each(databases)("items of responses on $name", ({ url }) => {
  let nowMs = Date.now();
  const served = setUpGateway({ databaseUrl: url, now: () => nowMs });

  const kept = () => served.gateway.db.keptItem.findMany({ where: { accountId: served.caller.accountId } });

  async function answer(fields: Record<string, unknown> = {}): Promise<string[]> {
    served.upstream.script(sse(...callingStream));
    const stream = await (await served.responses({ stream: true, ...fields })).text();
    return itemsOf(stream).map(({ id }) => id);
  }

  test("can be referred to instead of being sent, and reach the model as they were", async () => {
    const ids = await answer();
    expect(ids).toHaveLength(2);
    served.upstream.script(json(200, plainCompletion()));
    const output = { type: "function_call_output", call_id: "c1", output: "blue" };
    const response = await served.responses({ input: [user("Sky?"), ...ids.map(refer), output] });
    expect(response.status).toBe(200);
    expect(served.upstream.calls[0]?.body.messages).toEqual([
      user("Sky?"),
      {
        role: "assistant",
        content: null,
        reasoning_content: "The sky must be looked at.",
        tool_calls: [{ id: "c1", type: "function", function: { name: "look", arguments: '{"at":"sky"}' } }],
      },
      { role: "tool", tool_call_id: "c1", content: "blue" },
    ]);
  });

  test("are there as soon as the client has the end of the answer, streamed or whole", async () => {
    for (const stream of [true, false]) {
      served.upstream.script(stream ? sse(...plainStream()) : json(200, plainCompletion()));
      const text = await (await served.responses({ stream })).text();
      const items = stream ? itemsOf(text) : JSON.parse(text).output;
      expect(items).toHaveLength(2);
      served.upstream.script(json(200, plainCompletion()));
      const again = await served.responses({
        input: [...items.map(({ id }: { id: string }) => refer(id)), user("And?")],
      });
      expect(again.status).toBe(200);
      await again.text();
    }
  });

  test("of an answer that broke off are kept as far as they came", async () => {
    served.upstream.script(sseThenReset(chunk({ reasoning_content: "Hm." }), chunk({ content: "Half an" })));
    const items = itemsOf(await (await served.responses({ stream: true })).text());
    served.upstream.script(json(200, plainCompletion()));
    const response = await served.responses({ input: [...items.map(({ id }) => refer(id)), user("Go on.")] });
    expect(response.status).toBe(200);
    expect(served.upstream.calls[0]?.body.messages).toEqual([
      { role: "assistant", content: "Half an", reasoning_content: "Hm." },
      user("Go on."),
    ]);
  });

  test("with store: false are not kept, and neither is anything of chat completions", async () => {
    const [id] = await answer({ store: false });
    await (await served.chat()).text();
    expect(await kept()).toEqual([]);
    const refused = await expectError(
      await served.responses({ input: [user("a"), refer(id ?? ""), user("b")] }),
      400,
      "invalid_request",
    );
    expect(refused.param).toBe("input[1].id");
    expect(refused.message).toContain(id);
    expect(await served.rows()).toHaveLength(2);
  });

  test("are not another account's, which is told the same as of an item that never was", async () => {
    const [id = ""] = await answer();
    const stranger = await createTestCaller(served.gateway.db);
    const ask = async (itemId: string) => {
      const body = { model: "moonshot/kimi-k2.6", input: [refer(itemId), user("a")] };
      const response = await post(`${served.gateway.url}/v1/responses`, stranger.apiKey, body);
      return { status: response.status, text: (await response.text()).replaceAll(itemId, "ID") };
    };
    const [theirs, none] = [await ask(id), await ask("rs_none")];
    expect(theirs.status).toBe(400);
    expect(theirs).toEqual(none);
  });

  test("are told to nobody whose key does not work", async () => {
    const [id = ""] = await answer();
    const { db } = served.gateway;
    await db.key.updateMany({
      where: { accountId: served.caller.accountId },
      data: { revokedAt: new Date() },
    });
    await expectError(await served.responses({ input: [refer(id)] }), 401, "invalid_key");
  });

  test("are gone after 30 days, and swept", async () => {
    const [id = ""] = await answer();
    const startMs = nowMs;
    try {
      nowMs = startMs + 30 * dayMs - 1_000;
      served.upstream.script(json(200, plainCompletion()));
      expect((await served.responses({ input: [refer(id), user("a")] })).status).toBe(200);
      nowMs = startMs + 30 * dayMs + 1_000;
      await expectError(await served.responses({ input: [refer(id), user("a")] }), 400, "invalid_request");
      const before = await kept();
      await deleteExpiredItems(served.gateway.db, new Date(nowMs));
      // What the second answer of this test brought has a month to live.
      expect((await kept()).length).toBe(before.length - 2);
      expect(await served.gateway.db.keptItem.count({ where: { id } })).toBe(0);
    } finally {
      nowMs = startMs;
    }
  });

  test("lie in the database encrypted, each in its place", async () => {
    await answer();
    const items = await kept();
    expect(items).toHaveLength(2);
    for (const { sealed, sizeBytes } of items) {
      expect(sizeBytes).toBe(sealed.length);
      expect(Buffer.from(sealed).toString("latin1")).not.toMatch(/sky|look|reasoning|function/);
    }
  });

  test("cannot be named so often that they outgrow what a request may hold", async () => {
    served.upstream.script(
      sse(chunk({ content: "x".repeat(100_000) }), chunk({}, "stop"), usageChunk(), done),
    );
    const [item] = itemsOf(await (await served.responses({ stream: true })).text());
    const input = Array.from({ length: 400 }, () => refer(item?.id ?? ""));
    const refused = await expectError(await served.responses({ input }), 413, "payload_too_large");
    expect(refused.param).toBe("input");
  });
});
