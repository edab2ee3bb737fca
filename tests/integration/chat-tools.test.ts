import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideToolCall } from "#lib/chat/approve.ts";
import { parseParts } from "#lib/chat/message.ts";
import type { ToolHost } from "#lib/chat/tools/host.ts";
import { setChoice } from "#lib/chat/tools/store/choices.ts";
import { continueMessage, sendMessage, stopGeneration } from "#lib/chat/turns.ts";
import { clientId, partsOf, readMessage, testEnvironment, textOf, watchAll } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { type ScriptedGateway, startScriptedGateway } from "#tests/support/scripted-gateway.ts";

describe.each(databases)("tools on $name", ({ url }) => {
  const db = openTestDb(url);
  let gateway: ScriptedGateway;

  beforeAll(async () => {
    gateway = await startScriptedGateway();
  });
  afterAll(async () => {
    await gateway.close();
    await db.$disconnect();
  });

  async function begin(host: Partial<ToolHost> = {}, given?: { id: string; plan: "trial" }) {
    const account = given ?? { ...(await createTestAccount(db)), plan: "trial" as const };
    const environment = testEnvironment(db, gateway.url);
    Object.assign(environment.toolHost, host);
    const text = "What is a third and a sixth?";
    const ids = {
      chatId: clientId("chat"),
      userMessageId: clientId("msg"),
      assistantMessageId: clientId("msg"),
    };
    const started = await sendMessage(environment, account, { ...ids, parentId: null, text });
    const call = await gateway.nextCall();
    const reply = () => readMessage(db, account.id, ids.chatId, ids.assistantMessageId);
    const ended = (generationId = started.generationId) => watchAll(db, account.id, generationId);
    const until = (text: string) =>
      watchAll(db, account.id, started.generationId, {
        until: (event) => event.kind === "chunk" && JSON.stringify(event.chunk).includes(text),
      });
    return { account, environment, ...ids, started, call, reply, ended, until };
  }

  async function beginAsking(approval: "always" | "once" = "always") {
    const account = { ...(await createTestAccount(db)), plan: "trial" as const };
    await setChoice(db, account.id, { tool: "calculator", enabled: true, approval });
    return begin({}, account);
  }

  test("a call that needs approval waits without a process, and an approval goes on in the same message", async () => {
    const {
      account,
      environment,
      chatId,
      assistantMessageId: messageId,
      call,
      reply,
      ended,
    } = await beginAsking();
    call.think("I should ask.");
    call.call("c0", "calculator", { expression: "1 + 1" });
    call.call("c1", "calculator", { expression: "2 + 2" });
    call.finish();
    const events = await ended();
    const waiting = await reply();
    expect(await partsOf(events)).toEqual(waiting.parts);
    expect(waiting.metadata.status).toBe("waiting");
    expect(waiting.parts.slice(2)).toMatchObject([
      { state: "approval-requested" },
      { state: "approval-requested" },
    ]);
    await expect(continueMessage(environment, account, { chatId, messageId })).rejects.toThrow(
      "nothing_to_continue",
    );

    const decision = { chatId, messageId, forChat: false };
    const first = { ...decision, toolCallId: "c0", approved: true, reason: null };
    const stranger = { ...(await createTestAccount(db)), plan: "trial" as const };
    await expect(decideToolCall(environment, stranger, first)).rejects.toThrow("not_found");
    expect(await decideToolCall(environment, account, first)).toBeNull();
    await expect(decideToolCall(environment, account, first)).rejects.toThrow("nothing_to_approve");
    const more = await decideToolCall(environment, account, {
      ...decision,
      toolCallId: "c1",
      approved: false,
      reason: "Too easy",
    });
    if (!more) throw new Error("The reply does not go on.");
    const second = await gateway.nextCall();
    expect(second.body.input.slice(-2)).toMatchObject([
      { type: "function_call_output", call_id: "c1", output: expect.stringContaining("Too easy") },
      { type: "function_call_output", call_id: "c0", output: '{"result":"2","exact":true}' },
    ]);
    second.say("Two.");
    second.finish();
    const rest = await ended(more.generationId);
    const message = await reply();
    expect(message.metadata).toMatchObject({
      status: "completed",
      requestIds: [call.requestId, second.requestId],
    });
    expect(message.parts.slice(2)).toMatchObject([
      { state: "output-available", output: { result: "2" } },
      { state: "output-denied", approval: { approved: false, reason: "Too easy" } },
      { type: "step-start" },
      { type: "text", text: "Two." },
    ]);
    const decided = waiting.parts.map((part) =>
      !("approval" in part) || !part.approval
        ? part
        : {
            ...part,
            state: "approval-responded",
            approval:
              part.toolCallId === "c0"
                ? { ...part.approval, approved: true }
                : { ...part.approval, approved: false, reason: "Too easy" },
          },
    );
    expect(await partsOf(rest, parseParts(decided))).toEqual(message.parts);
  });

  test("two decisions at once about one call are one", async () => {
    const {
      account,
      environment,
      chatId,
      assistantMessageId: messageId,
      call,
      reply,
      ended,
    } = await beginAsking();
    call.call("c0", "calculator", { expression: "1 + 1" });
    call.finish();
    await ended();
    const decide = (approved: boolean) =>
      decideToolCall(environment, account, {
        chatId,
        messageId,
        toolCallId: "c0",
        approved,
        reason: null,
        forChat: false,
      });
    const outcomes = await Promise.allSettled([decide(true), decide(false), decide(true)]);
    const taken = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(taken).toHaveLength(1);
    const second = await gateway.nextCall();
    second.say("Done.");
    second.finish();
    await ended(taken[0]?.value?.generationId);
    expect((await reply()).metadata.status).toBe("completed");
  });

  test("allowed for the chat, a tool that asks once asks no more there", async () => {
    const {
      account,
      environment,
      chatId,
      assistantMessageId: messageId,
      call,
      reply,
      ended,
    } = await beginAsking("once");
    call.call("c0", "calculator", { expression: "1 + 1" });
    call.finish();
    await ended();
    const more = await decideToolCall(environment, account, {
      chatId,
      messageId,
      toolCallId: "c0",
      approved: true,
      reason: null,
      forChat: true,
    });
    const second = await gateway.nextCall();
    second.call("c1", "calculator", { expression: "3 + 3" });
    second.finish();
    const third = await gateway.nextCall();
    expect(third.body.input.at(-1)).toMatchObject({ output: '{"result":"6","exact":true}' });
    third.say("Six.");
    third.finish();
    await ended(more?.generationId);
    expect((await reply()).metadata.status).toBe("completed");
  });

  test("a message sent instead of a decision leaves the call unmade", async () => {
    const { account, environment, chatId, assistantMessageId, call, ended } = await beginAsking();
    call.say("May I?");
    call.call("c0", "calculator", { expression: "1 + 1" });
    call.finish();
    await ended();
    const ids = { userMessageId: clientId("msg"), assistantMessageId: clientId("msg") };
    await sendMessage(environment, account, {
      chatId,
      parentId: assistantMessageId,
      ...ids,
      text: "Never mind.",
    });
    const second = await gateway.nextCall();
    expect(JSON.stringify(second.body.input)).not.toContain("function_call");
    second.say("Fine.");
    second.finish();
    await expect(
      decideToolCall(environment, account, {
        chatId,
        messageId: assistantMessageId,
        toolCallId: "c0",
        approved: true,
        reason: null,
        forChat: false,
      }),
    ).rejects.toThrow("nothing_to_approve");
  });

  test("a tool that is switched off is not offered, and one approved before fails with a reason", async () => {
    const {
      account,
      environment,
      chatId,
      assistantMessageId: messageId,
      call,
      reply,
      ended,
    } = await beginAsking();
    call.call("c0", "calculator", { expression: "1 + 1" });
    call.finish();
    await ended();
    await setChoice(db, account.id, { tool: "calculator", enabled: false, approval: "always" });
    const more = await decideToolCall(environment, account, {
      chatId,
      messageId,
      toolCallId: "c0",
      approved: true,
      reason: null,
      forChat: false,
    });
    const second = await gateway.nextCall();
    expect(JSON.stringify(second.body.tools ?? [])).not.toContain("calculator");
    expect(second.body.input.at(-1)).toMatchObject({ output: expect.stringContaining("not available") });
    second.say("Well.");
    second.finish();
    await ended(more?.generationId);
    expect((await reply()).metadata.status).toBe("completed");
  });

  test("the model calls tools, sees what they give with its own thoughts, and answers: one request a step", async () => {
    const { call, reply, ended } = await begin();
    expect(call.body.tools).toContainEqual(expect.objectContaining({ type: "function", name: "calculator" }));
    call.think("I should calculate.");
    call.call("calculator:0", "calculator", { expression: "1/3 + 1/6" });
    call.call("calculator:1", "calculator", { expression: "1 +" });
    call.finish();
    const second = await gateway.nextCall();
    expect(second.body.input).toMatchObject([
      { role: "user" },
      { type: "reasoning", encrypted_content: "sealed I should calculate." },
      { type: "function_call", call_id: "calculator:0", name: "calculator" },
      { type: "function_call", call_id: "calculator:1" },
      { type: "function_call_output", call_id: "calculator:0", output: '{"result":"0.5","exact":true}' },
      { type: "function_call_output", call_id: "calculator:1" },
    ]);
    second.think("Done.");
    second.say("A half.");
    second.finish();

    const events = await ended();
    const message = await reply();
    expect(await partsOf(events)).toEqual(message.parts);
    expect(message.metadata).toMatchObject({
      status: "completed",
      finishReason: "stop",
      requestIds: [call.requestId, second.requestId],
    });
    expect(message.parts.map((part) => part.type)).toEqual([
      "step-start",
      "reasoning",
      "dynamic-tool",
      "dynamic-tool",
      "step-start",
      "reasoning",
      "text",
    ]);
    expect(message.parts[2]).toMatchObject({
      state: "output-available",
      input: { expression: "1/3 + 1/6" },
      output: { result: "0.5", exact: true },
      resultProviderMetadata: { aigateway: { startedAt: expect.any(Number), endedAt: expect.any(Number) } },
    });
    expect(message.parts[3]).toMatchObject({
      state: "output-error",
      errorText: expect.stringContaining("Unexpected end"),
    });
    expect(textOf(message)).toBe("A half.");
  });

  test("arguments that break the tool's schema, and a tool that does not exist, are told to the model", async () => {
    const { call, reply, ended } = await begin();
    call.call("c0", "calculator", { formula: "1" });
    call.call("c1", "teleport", {});
    call.finish();
    const second = await gateway.nextCall();
    const outputs = second.body.input.slice(-2);
    expect(JSON.stringify(outputs[0])).toContain("expression");
    expect(JSON.stringify(outputs[1])).toContain("teleport");
    second.say("I cannot.");
    second.finish();
    await ended();
    const message = await reply();
    expect(message.metadata.status).toBe("completed");
    expect(message.parts.filter((part) => "state" in part && part.state === "output-error")).toHaveLength(2);
  });

  test("stopping ends a tool that runs and keeps it as interrupted; going on tells the model", async () => {
    let runs = 0;
    const { account, environment, chatId, assistantMessageId, call, reply, started, ended, until } =
      await begin({
        runJob: (_kind, _input, { signal }) => {
          runs += 1;
          return new Promise((_done, fail) => signal.addEventListener("abort", () => fail(signal.reason)));
        },
      });
    call.call("c0", "calculator", { expression: "1" });
    call.finish();
    await until("tool-input-available");
    expect(await stopGeneration(environment, account.id, started.generationId)).toBe(true);
    await ended();
    expect(runs).toBe(1);
    const message = await reply();
    expect(message.metadata.status).toBe("stopped");
    expect(message.parts.at(-1)).toMatchObject({ state: "output-error", errorText: "Interrupted" });

    const more = await continueMessage(environment, account, { chatId, messageId: assistantMessageId });
    const second = await gateway.nextCall();
    expect(second.body.input.at(-1)).toMatchObject({
      type: "function_call_output",
      output: '{"error":"Interrupted"}',
    });
    second.say("Again.");
    second.finish();
    await ended(more.generationId);
    expect((await reply()).metadata.status).toBe("completed");
  });

  test("after twenty steps the person is asked, and going on gives twenty more", async () => {
    const { account, environment, chatId, assistantMessageId, call, reply, ended } = await begin();
    let current = call;
    for (let step = 0; step < 20; step++) {
      if (step > 0) current = await gateway.nextCall();
      current.call(`c${step}`, "calculator", { expression: `${step}` });
      current.finish();
    }
    await ended();
    expect((await reply()).metadata).toMatchObject({ status: "completed", finishReason: "tool-calls" });
    const more = await continueMessage(environment, account, { chatId, messageId: assistantMessageId });
    const next = await gateway.nextCall();
    expect(next.body.input).toHaveLength(41);
    expect(next.body.input.at(-1)).toMatchObject({ type: "function_call_output", call_id: "c19" });
    next.say("Enough.");
    next.finish();
    await ended(more.generationId);
    const message = await reply();
    expect(message.metadata).toMatchObject({ status: "completed", finishReason: "stop" });
    expect(message.metadata.requestIds).toHaveLength(21);
  });

  test("arguments cut by the token limit leave a call that was not made, which later turns do not see", async () => {
    const { account, environment, chatId, assistantMessageId, call, reply, ended } = await begin();
    call.say("Let me see.");
    call.beginCall("c0", "calculator", '{"expre');
    call.finish("max_output_tokens");
    await ended();
    const message = await reply();
    expect(message.metadata).toMatchObject({ status: "completed", finishReason: "length" });
    expect(message.parts.at(-1)).toMatchObject({ state: "output-error", errorText: "Interrupted" });
    const ids = { userMessageId: clientId("msg"), assistantMessageId: clientId("msg") };
    await sendMessage(environment, account, { chatId, parentId: assistantMessageId, ...ids, text: "And?" });
    const second = await gateway.nextCall();
    expect(JSON.stringify(second.body.input)).not.toContain("function_call");
    second.say("Yes.");
    second.finish();
  });
});
