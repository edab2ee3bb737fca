import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultChatOptions } from "#lib/chat/default-options.ts";
import { reapAbandoned } from "#lib/chat/generations/reaper.ts";
import type { ChatRefusal } from "#lib/chat/refusal.ts";
import { getChat } from "#lib/chat/store/chats.ts";
import { appendEvents, getGeneration, listEvents } from "#lib/chat/store/generations.ts";
import { startTurn } from "#lib/chat/store/turns.ts";
import { continueMessage, regenerateMessage, sendMessage, stopGeneration } from "#lib/chat/turns.ts";
import { clientId, partsOf, readMessage, testEnvironment, textOf, watchAll } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { type ScriptedGateway, startScriptedGateway } from "#tests/support/scripted-gateway.ts";

describe.each(databases)("generations on $name", ({ url }) => {
  const db = openTestDb(url);
  let gateway: ScriptedGateway;

  beforeAll(async () => {
    gateway = await startScriptedGateway();
  });
  afterAll(async () => {
    await gateway.close();
    await db.$disconnect();
  });

  async function begin(text = "Hello") {
    const account = { ...(await createTestAccount(db)), plan: "trial" as const };
    const environment = testEnvironment(db, gateway.url);
    const ids = {
      chatId: clientId("chat"),
      userMessageId: clientId("msg"),
      assistantMessageId: clientId("msg"),
    };
    const started = await sendMessage(environment, account, { ...ids, parentId: null, text });
    const call = await gateway.nextCall();
    const reply = () => readMessage(db, account.id, ids.chatId, ids.assistantMessageId);
    const ended = () => watchAll(db, account.id, started.generationId);
    const until = (text: string) =>
      watchAll(db, account.id, started.generationId, {
        until: (event) => event.kind === "chunk" && JSON.stringify(event.chunk).includes(text),
      });
    return { account, environment, ...ids, started, call, reply, ended, until };
  }

  /** A metered request as the gateway leaves it. */
  async function settle(accountId: string, requestId: string, status: "succeeded" | "aborted" | "reserved") {
    const tokens = { promptTokens: 10, cachedTokens: 4, completionTokens: 5, reasoningTokens: 2 };
    const prices = { inputPrice: 950, cachedInputPrice: 95, outputPrice: 4000 };
    await db.request.create({
      data: {
        id: requestId,
        accountId,
        source: "chat",
        model: "moonshot/kimi-k2.6",
        endpoint: "responses",
        stream: true,
        status,
        processId: "proc_test",
        timeToFirstTokenMs: 12,
        costNanoUsd: 26_080n,
        ...tokens,
        ...prices,
      },
    });
  }

  test("a reply is thought, said, receipted and stored as its watchers saw it", async () => {
    const { account, call, reply, ended } = await begin("Why is the sky blue?");
    expect(call.headers.authorization).toMatch(/^Bearer aigp\./);
    expect(call.body).toMatchObject({ model: "moonshot/kimi-k2.6", stream: true });
    await settle(account.id, call.requestId, "succeeded");
    call.think("Scattering ");
    call.think("depends on wavelength.");
    call.say("Because of ");
    call.say("Rayleigh scattering.");
    call.finish();

    const events = await ended();
    const message = await reply();
    expect(textOf(message, "reasoning")).toBe("Scattering depends on wavelength.");
    expect(textOf(message)).toBe("Because of Rayleigh scattering.");
    expect(await partsOf(events)).toEqual(message.parts);
    expect(events.at(-1)).toMatchObject({ kind: "end", status: "completed", messageId: message.id });
    expect(message.metadata).toMatchObject({
      status: "completed",
      finishReason: "stop",
      provider: "scripted",
      requestIds: [call.requestId],
      usage: { promptTokens: 10, cachedTokens: 4, completionTokens: 5, reasoningTokens: 2 },
      costNanoUsd: "26080",
      estimated: false,
      timeToFirstTokenMs: 12,
    });
    const reasoning = message.parts.find((part) => part.type === "reasoning");
    const times = reasoning?.providerMetadata?.aigateway;
    expect(Number(times?.endedAt)).toBeGreaterThanOrEqual(Number(times?.startedAt));
    expect(reasoning?.providerMetadata?.openai).toMatchObject({
      reasoningEncryptedContent: "sealed Scattering depends on wavelength.",
    });
  });

  test("the log is contiguous, and any part of it seen before leads to the same message", async () => {
    const { account, call, started, ended, reply } = await begin();
    call.think("One. ");
    call.say("A");
    call.think("Two. ");
    call.say("B 🙂");
    call.finish();
    const events = await ended();
    const chunks = events.flatMap((event) => (event.kind === "chunk" ? [event] : []));
    expect(chunks.map(({ seq }) => seq)).toEqual(chunks.map((_, index) => index + 1));
    const { parts } = await reply();
    await fc.assert(
      fc.asyncProperty(fc.nat(chunks.length), async (cut) => {
        const rest = await watchAll(db, account.id, started.generationId, { after: cut });
        expect(await partsOf([...events.slice(0, cut), ...rest])).toEqual(parts);
      }),
      { numRuns: 25 },
    );
  });

  test("a watcher in another process sees it live through the log", async () => {
    const { call, until, started, account } = await begin();
    call.say("live words");
    await until("live words");
    expect((await getGeneration(db, account.id, started.generationId))?.status).toBe("running");
    call.finish();
  });

  test("stop hangs up on the model within a second and keeps what was said", async () => {
    const { environment, account, call, started, until, ended, reply } = await begin();
    call.say("The first half");
    await until("first half");
    await settle(account.id, call.requestId, "aborted");
    const before = performance.now();
    expect(await stopGeneration(environment, account.id, started.generationId)).toBe(true);
    await call.left;
    await ended();
    expect(performance.now() - before).toBeLessThan(1_000);
    const message = await reply();
    expect(textOf(message)).toBe("The first half");
    expect(message.metadata).toMatchObject({ status: "stopped", costNanoUsd: "26080" });
    expect(message.parts.every((part) => !("state" in part) || part.state === "done")).toBe(true);
    expect(await stopGeneration(environment, account.id, started.generationId)).toBe(true);
    expect((await reply()).metadata.status).toBe("stopped");
  });

  test("a stop asked for elsewhere reaches the process that runs the generation within a second", async () => {
    const { account, call, started, until } = await begin();
    call.say("words");
    await until("words");
    const before = performance.now();
    await db.generation.update({
      where: { id: started.generationId },
      data: { stopRequestedAt: new Date() },
    });
    await call.left;
    expect(performance.now() - before).toBeLessThan(1_000);
    await watchAll(db, account.id, started.generationId);
  });

  test("an error of the gateway stays in the thread with its code, message, request and wait", async () => {
    const { call, ended, reply } = await begin();
    call.refuse(429, { code: "rate_limited", message: "Wait a little." }, { "retry-after": "7" });
    await ended();
    expect((await reply()).metadata).toMatchObject({
      status: "failed",
      error: { code: "rate_limited", message: "Wait a little.", requestId: call.requestId, retryAfterS: 7 },
    });
  });

  test("an error in mid-answer keeps the answer so far", async () => {
    const { call, until, ended, reply } = await begin();
    call.say("Half");
    await until("Half");
    call.fail("upstream_timeout", "The upstream stopped answering.");
    await ended();
    const message = await reply();
    expect(textOf(message)).toBe("Half");
    expect(message.metadata).toMatchObject({
      status: "failed",
      error: { code: "upstream_timeout", message: "The upstream stopped answering." },
    });
  });

  test("a connection that breaks never looks like a complete answer", async () => {
    const { call, until, ended, reply } = await begin();
    call.say("Half");
    await until("Half");
    call.breakOff();
    await ended();
    expect((await reply()).metadata).toMatchObject({ status: "failed", error: { code: "upstream_error" } });
  });

  test("a continued reply keeps its parts and forgets how it ended", async () => {
    const { environment, account, chatId, assistantMessageId, call, ended, reply } = await begin();
    call.say("One, two,");
    call.finish("max_output_tokens");
    await ended();
    expect((await reply()).metadata).toMatchObject({ status: "completed", finishReason: "length" });
    const kept = (await reply()).parts;

    const more = await continueMessage(environment, account, { chatId, messageId: assistantMessageId });
    const second = await gateway.nextCall();
    expect(JSON.stringify(second.body.input)).toContain("One, two,");
    expect(JSON.stringify(second.body.input.at(-1))).toContain("Continue it from exactly where it stopped");
    await expect(
      continueMessage(environment, account, { chatId, messageId: assistantMessageId }),
    ).rejects.toMatchObject({ reason: "generation_running" } satisfies Partial<ChatRefusal>);
    second.say(" three.");
    second.finish();
    const events = await watchAll(db, account.id, more.generationId);
    const message = await reply();
    expect(textOf(message)).toBe("One, two,| three.");
    expect(await partsOf(events, kept)).toEqual(message.parts);
    expect(message.metadata).toMatchObject({
      status: "completed",
      finishReason: "stop",
      requestIds: [call.requestId, second.requestId],
    });
  });

  test("regenerating makes a sibling and destroys nothing", async () => {
    const { environment, account, chatId, userMessageId, assistantMessageId, call, ended } = await begin();
    call.say("first");
    call.finish();
    await ended();
    const sibling = clientId("msg");
    const again = { chatId, messageId: assistantMessageId, assistantMessageId: sibling };
    const started = await regenerateMessage(environment, account, again);
    expect((await regenerateMessage(environment, account, again)).generationId).toBe(started.generationId);
    const second = await gateway.nextCall();
    expect(second.body.input).toHaveLength(1);
    second.say("second");
    second.finish();
    await watchAll(db, account.id, started.generationId);
    const chat = await getChat(db, account.id, chatId);
    expect(chat?.activeLeafId).toBe(sibling);
    expect(chat?.messages.map(({ id, parentId }) => [id, parentId])).toEqual([
      [userMessageId, null],
      [assistantMessageId, userMessageId],
      [sibling, userMessageId],
    ]);
    expect(chat?.messages.slice(1).map((message) => textOf(message))).toEqual(["first", "second"]);
  });

  test("thinking is handed back to the model on the next turn", async () => {
    const { environment, account, chatId, assistantMessageId, call, ended } = await begin();
    call.think("secret plan");
    call.say("answer");
    call.finish();
    await ended();
    const next = { chatId, parentId: assistantMessageId, userMessageId: clientId("msg"), text: "And then?" };
    await sendMessage(environment, account, { ...next, assistantMessageId: clientId("msg") });
    const second = await gateway.nextCall();
    expect(second.body.input).toContainEqual(
      expect.objectContaining({ type: "reasoning", encrypted_content: "sealed secret plan" }),
    );
    second.finish();
  });

  test("what a dead process left is interrupted once, with everything that was persisted", async () => {
    const account = await createTestAccount(db);
    const chatId = clientId("chat");
    const assistantMessageId = clientId("msg");
    const { generationId } = await startTurn(db, account.id, {
      chatId,
      parentId: null,
      userMessageId: clientId("msg"),
      assistantMessageId,
      parts: [{ type: "text", text: "Hello" }],
      title: "Hello",
      options: defaultChatOptions,
      processId: "proc_dead",
      now: new Date(),
    });
    const requestId = `req_${generationId}`;
    await settle(account.id, requestId, "aborted");
    const written = await appendEvents(
      db,
      generationId,
      { processId: "proc_dead" },
      [
        { type: "start", messageId: assistantMessageId },
        { type: "start-step" },
        { type: "reasoning-start", id: "r", providerMetadata: { aigateway: { startedAt: 5 } } },
        { type: "reasoning-delta", id: "r", delta: "thinking…" },
        { type: "text-start", id: "t" },
        { type: "text-delta", id: "t", delta: "Half an ans" },
      ],
      [requestId],
    );
    expect(written).toEqual({ lastSeq: 6, stopRequested: false });
    const environment = testEnvironment(db, gateway.url);
    await db.generation.update({
      where: { id: generationId },
      data: { heartbeatAt: new Date(Date.now() - 60_000) },
    });
    await Promise.all([1, 2, 3].map(() => reapAbandoned(environment, { soleProcessId: null })));

    const message = await readMessage(db, account.id, chatId, assistantMessageId);
    expect(textOf(message)).toBe("Half an ans");
    expect(textOf(message, "reasoning")).toBe("thinking…");
    expect(message.metadata).toMatchObject({ status: "interrupted", costNanoUsd: "26080" });
    const events = await listEvents(db, generationId, 0, 100);
    expect(events.filter(({ chunk }) => chunk.type === "finish")).toHaveLength(1);
    expect(await partsOf(events.map((event) => ({ kind: "chunk", ...event })))).toEqual(message.parts);
    const late = await appendEvents(db, generationId, { processId: "proc_dead" }, [], []);
    expect(late).toBeNull();
  });
});
