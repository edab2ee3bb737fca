import { afterAll, beforeAll, describe, test } from "vitest";
import { getChat } from "#lib/chat/store/chats.ts";
import { continueMessage, sendMessage, stopGeneration } from "#lib/chat/turns.ts";
import { getRequest } from "#lib/usage/store/requests.ts";
import { clientId, partsOf, readMessage, testEnvironment, textOf, watchAll } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const authSecret = "a secret of thirty-two characters, at least";

describe.each(databases)("the chat through a running gateway on $name", ({ url }) => {
  const db = openTestDb(url);
  let gateway: TestServer;

  beforeAll(async () => {
    gateway = await startServer({ role: "gateway", databaseUrl: url, env: { AUTH_SECRET: authSecret } });
  });
  afterAll(async () => {
    await gateway.stop();
    await db.$disconnect();
  });

  async function begin(text: string) {
    const account = { ...(await createTestAccount(db)), plan: "trial" as const };
    const environment = { ...testEnvironment(db, gateway.url), authSecret };
    const ids = {
      chatId: clientId("chat"),
      userMessageId: clientId("msg"),
      assistantMessageId: clientId("msg"),
    };
    const { generationId } = await sendMessage(environment, account, { ...ids, parentId: null, text });
    const reply = () => readMessage(db, account.id, ids.chatId, ids.assistantMessageId);
    return { account, environment, generationId, reply, ...ids };
  }

  test.concurrent("a reply thinks, answers, and shows exactly what its request was metered at", async ({
    expect,
  }) => {
    const { account, generationId, reply } = await begin("What is seven times six?");
    const events = await watchAll(db, account.id, generationId);
    const message = await reply();
    expect(message.metadata).toMatchObject({
      status: "completed",
      finishReason: "stop",
      provider: "offline",
    });
    expect(textOf(message, "reasoning")).not.toBe("");
    expect(textOf(message)).not.toBe("");
    expect(await partsOf(events)).toEqual(message.parts);
    // The offline model reckons with the calculator: a request for the call, another for the answer.
    const requests = await Promise.all(
      (message.metadata.requestIds ?? []).map((requestId) => getRequest(db, account.id, requestId)),
    );
    expect(requests).toHaveLength(2);
    for (const request of requests) expect(request).toMatchObject({ source: "chat", status: "succeeded" });
    const sum = (of: "promptTokens" | "cachedTokens" | "completionTokens" | "reasoningTokens") =>
      requests.reduce((total, request) => total + (request?.usage[of] ?? 0), 0);
    expect(message.metadata.usage).toEqual({
      promptTokens: sum("promptTokens"),
      cachedTokens: sum("cachedTokens"),
      completionTokens: sum("completionTokens"),
      reasoningTokens: sum("reasoningTokens"),
    });
    const cost = requests.reduce((total, request) => total + (request?.costNanoUsd ?? 0n), 0n);
    expect(message.metadata.costNanoUsd).toBe(cost.toString());
    expect(message.metadata.usage?.completionTokens).toBeGreaterThan(0);
  });

  test.concurrent("stop aborts the metered request and its cost is on the reply; continuing goes on below", async ({
    expect,
  }) => {
    const { account, environment, generationId, reply, chatId, assistantMessageId } = await begin(
      "Write a long story about a lighthouse.",
    );
    await watchAll(db, account.id, generationId, {
      until: (event) => event.kind === "chunk" && event.chunk.type === "reasoning-delta",
    });
    const before = performance.now();
    await stopGeneration(environment, account.id, generationId);
    await watchAll(db, account.id, generationId);
    expect(performance.now() - before).toBeLessThan(1_500);
    const stopped = await reply();
    expect(stopped.metadata).toMatchObject({ status: "stopped", estimated: true });
    const [requestId = ""] = stopped.metadata.requestIds ?? [];
    expect(await getRequest(db, account.id, requestId)).toMatchObject({ status: "aborted" });

    const more = await continueMessage(environment, account, { chatId, messageId: assistantMessageId });
    await watchAll(db, account.id, more.generationId);
    const message = await reply();
    expect(message.parts.slice(0, stopped.parts.length)).toEqual(stopped.parts);
    expect(message.metadata).toMatchObject({ status: "completed" });
    expect(message.metadata.requestIds).toHaveLength(2);
    const costs = await Promise.all(
      (message.metadata.requestIds ?? []).map(
        async (id) => (await getRequest(db, account.id, id))?.costNanoUsd ?? 0n,
      ),
    );
    expect(message.metadata.costNanoUsd).toBe(costs.reduce((sum, cost) => sum + cost, 0n).toString());
  });

  test.concurrent("the next turn carries the conversation, and its repeated prefix is metered as cached", async ({
    expect,
  }) => {
    const { account, environment, generationId, reply, chatId, assistantMessageId } = await begin(
      `Remember this list. ${"apple, pear, plum, ".repeat(200)}`,
    );
    await watchAll(db, account.id, generationId);
    expect((await reply()).metadata.status).toBe("completed");
    const next = {
      chatId,
      parentId: assistantMessageId,
      userMessageId: clientId("msg"),
      text: "And the first fruit?",
    };
    const second = await sendMessage(environment, account, { ...next, assistantMessageId: clientId("msg") });
    await watchAll(db, account.id, second.generationId);
    const chat = await getChat(db, account.id, chatId);
    expect(chat?.messages).toHaveLength(4);
    expect(chat?.messages.at(-1)?.metadata.usage?.cachedTokens).toBeGreaterThan(0);
  });
});
