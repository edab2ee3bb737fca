import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultChatOptions } from "#lib/chat/default-options.ts";
import { suggestFollowUps } from "#lib/chat/generations/suggest-follow-ups.ts";
import { ChatRefusal } from "#lib/chat/refusal.ts";
import { startTurn } from "#lib/chat/store/turns.ts";
import type { Db } from "#lib/db/client.ts";
import { listRequests } from "#lib/usage/store/requests.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { clientId, readMessage, testEnvironment } from "#tests/support/chat.ts";
import { createTestAccount, databases } from "#tests/support/databases.ts";
import { startTestGateway, type TestGateway, testSecret } from "#tests/support/gateway.ts";
import { json, type MockUpstream, startMockUpstream } from "#tests/support/mock-upstream.ts";

const completion = (content: string) => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1_779_000_000,
  model: "kimi-k2.6",
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
  usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
});
const three = completion("1. How deep is it?\n2. Who built it?\n3. Show me a map");
const refusedAs = (reason: string) => expect.objectContaining({ constructor: ChatRefusal, reason });

/** A database whose messages are known as they were read, but only after something else is done. */
function readingLate(db: Db, done: Promise<unknown>): Db {
  const late = db.$extends({
    query: {
      message: {
        async findFirst({ args, query }) {
          const found = await query(args);
          await done;
          return found;
        },
      },
    },
  });
  // An extended client lacks only `$on`, which nobody here calls.
  return late as unknown as Db;
}

describe.each(databases)("follow-ups on $name", ({ url }) => {
  let upstream: MockUpstream;
  let gateway: TestGateway;

  beforeAll(async () => {
    upstream = await startMockUpstream();
    gateway = await startTestGateway({ databaseUrl: url, upstreamUrl: upstream.url });
  });
  afterAll(async () => {
    await gateway.stop();
    await upstream.close();
  });

  /** A chat whose answer stands, as it is left by a generation that ended so. */
  async function answered({ status = "completed", temporary = false } = {}) {
    const { db } = gateway;
    const { id: accountId } = await createTestAccount(db);
    const reply = { chatId: clientId("chat"), messageId: clientId("msg") };
    await startTurn(db, accountId, {
      chatId: reply.chatId,
      parentId: null,
      userMessageId: clientId("msg"),
      assistantMessageId: reply.messageId,
      parts: [{ type: "text", text: "What is a harbour?" }],
      title: "Harbours",
      options: defaultChatOptions,
      processId: "proc_follow_ups_test",
      now: new Date(),
      temporary,
    });
    await db.generation.updateMany({ where: { chatId: reply.chatId }, data: { status: "completed" } });
    await db.message.update({
      where: { id: reply.messageId },
      data: { parts: [{ type: "text", text: "A harbour shelters ships." }], metadata: { status } },
    });
    const environment = { ...testEnvironment(db, gateway.url), authSecret: testSecret };
    return {
      environment,
      accountId,
      reply,
      metered: async () => (await listRequests(db, accountId, { limit: 9 })).requests,
    };
  }

  test("one metered call of its own suggests them; they stay with the reply and are paid once", async () => {
    const { environment, accountId, reply, metered } = await answered();
    upstream.script(json(200, three));
    const followUps = {
      texts: ["How deep is it?", "Who built it?", "Show me a map"],
      costNanoUsd: (100n * 950n + 10n * 4_000n).toString(),
      provider: expect.any(String),
    };
    const asking = suggestFollowUps(environment, accountId, reply);
    const late = { ...environment, db: readingLate(gateway.db, asking) };
    const [first, second] = await Promise.all([asking, suggestFollowUps(late, accountId, reply)]);
    expect(first).toEqual(followUps);
    expect(second).toEqual(first);
    expect(await suggestFollowUps(environment, accountId, reply)).toEqual(first);
    expect(upstream.calls).toHaveLength(1);
    expect(JSON.stringify(upstream.calls[0]?.body)).toMatch(/What is a harbour.*A harbour shelters ships/);
    expect(upstream.calls[0]?.body).toMatchObject({ thinking: { type: "disabled" } });
    expect(await metered()).toEqual([
      expect.objectContaining({ status: "succeeded", costNanoUsd: 135_000n }),
    ]);
    const { parts, metadata } = await readMessage(gateway.db, accountId, reply.chatId, reply.messageId);
    expect(parts).toEqual([{ type: "text", text: "A harbour shelters ships." }]);
    expect(metadata).toEqual({ status: "completed", followUps: first });
  });

  test("a refused call says why, is not kept, and may be made again", async () => {
    const { environment, accountId, reply } = await answered();
    upstream.script(
      json(400, { error: { message: "No.", type: "invalid_request_error" } }),
      json(200, three),
    );
    await expect(suggestFollowUps(environment, accountId, reply)).rejects.toBeInstanceOf(ApiError);
    expect((await suggestFollowUps(environment, accountId, reply)).texts).toHaveLength(3);
  });

  test("nothing is asked for another account, a temporary chat or an answer that is not whole", async () => {
    upstream.script(json(200, three));
    const { environment, reply } = await answered();
    const { id: stranger } = await createTestAccount(gateway.db);
    await expect(suggestFollowUps(environment, stranger, reply)).rejects.toEqual(refusedAs("not_found"));
    for (const how of [{ temporary: true }, { status: "stopped" }, { status: "running" }]) {
      const unfit = await answered(how);
      await expect(suggestFollowUps(unfit.environment, unfit.accountId, unfit.reply)).rejects.toEqual(
        refusedAs("nothing_to_follow"),
      );
    }
    expect(upstream.calls).toHaveLength(0);
  });
});
