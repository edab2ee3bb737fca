import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ToolHost } from "#lib/chat/tools/host.ts";
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

  async function begin(host: Partial<ToolHost> = {}) {
    const account = { ...(await createTestAccount(db)), plan: "trial" as const };
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
