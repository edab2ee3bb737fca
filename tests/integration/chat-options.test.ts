import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChatOptions, defaultChatOptions } from "#lib/chat/default-options.ts";
import { getChat, updateChat } from "#lib/chat/store/chats.ts";
import { getDefaultOptions, setDefaultOptions } from "#lib/chat/store/options.ts";
import { continueMessage, regenerateMessage, sendMessage } from "#lib/chat/turns.ts";
import { clientId, testEnvironment, watchAll } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { type ScriptedGateway, startScriptedGateway } from "#tests/support/scripted-gateway.ts";

const thinking = { forced: { summary: "auto" }, off: { effort: "none", summary: "auto" } };

describe.each(databases)("options of chats on $name", ({ url }) => {
  const db = openTestDb(url);
  let gateway: ScriptedGateway;

  beforeAll(async () => {
    gateway = await startScriptedGateway();
  });
  afterAll(async () => {
    await gateway.close();
    await db.$disconnect();
  });

  async function begin(options?: Partial<ChatOptions>) {
    const account = { ...(await createTestAccount(db)), plan: "trial" as const };
    const environment = testEnvironment(db, gateway.url);
    const ids = {
      chatId: clientId("chat"),
      userMessageId: clientId("msg"),
      assistantMessageId: clientId("msg"),
    };
    const chosen = options && { ...defaultChatOptions, ...options };
    const message = { ...ids, parentId: null, text: "Hello", ...(chosen && { options: chosen }) };
    const { generationId } = await sendMessage(environment, account, message);
    const call = await gateway.nextCall();
    const ended = (id = generationId) => watchAll(db, account.id, id);
    return { account, environment, ...ids, call, ended };
  }

  test("a chat that chose nothing sends none of it", async () => {
    const { call, ended } = await begin();
    expect(call.body.reasoning).toEqual(thinking.forced);
    for (const field of ["instructions", "max_output_tokens", "text", "temperature", "top_p"]) {
      expect(call.body).not.toHaveProperty(field);
    }
    call.finish();
    await ended();
  });

  test("all that was chosen before the first message reaches the wire, and the next reply's too", async () => {
    const options: ChatOptions = {
      thinking: true,
      effort: "low",
      systemPrompt: "Speak as a sailor.",
      maxOutputTokens: 321,
      answer: "json",
      jsonSchema: { type: "object", properties: { port: { type: "string" } } },
    };
    const { account, environment, chatId, assistantMessageId, call, ended } = await begin(options);
    const asked = {
      reasoning: { effort: "low", summary: "auto" },
      instructions: expect.stringMatching(/^Speak as a sailor\.\n\nAnswer with JSON/),
      max_output_tokens: 321,
      text: { format: { type: "json_schema", name: "answer", strict: true, schema: options.jsonSchema } },
    };
    expect(call.body).toMatchObject(asked);
    call.say("{}");
    call.finish();
    await ended();
    expect((await getChat(db, account.id, chatId))?.options).toEqual(options);

    const again = { chatId, messageId: assistantMessageId, assistantMessageId: clientId("msg") };
    const { generationId } = await regenerateMessage(environment, account, again);
    const second = await gateway.nextCall();
    expect(second.body).toMatchObject(asked);
    second.finish();
    await ended(generationId);
  });

  test("thinking switched off and JSON of any shape, chosen in a chat that exists", async () => {
    const { account, environment, chatId, assistantMessageId, call, ended } = await begin({ effort: "high" });
    expect(call.body.reasoning).toEqual({ effort: "high", summary: "auto" });
    call.say("Hi");
    call.finish();
    await ended();
    const changed = { ...defaultChatOptions, thinking: false, effort: "high", answer: "json" } as const;
    expect(await updateChat(db, account.id, chatId, { options: changed })).not.toBeNull();

    const next = { userMessageId: clientId("msg"), assistantMessageId: clientId("msg"), text: "More" };
    const message = { chatId, parentId: assistantMessageId, options: defaultChatOptions, ...next };
    const { generationId } = await sendMessage(environment, account, message);
    const second = await gateway.nextCall();
    expect(second.body).toMatchObject({ reasoning: thinking.off, text: { format: { type: "json_object" } } });
    second.finish();
    await ended(generationId);
  });

  test("an answer cut while thinking by the chat's maximum length is answered from its thoughts", async () => {
    const { account, environment, chatId, assistantMessageId, call, ended } = await begin({
      maxOutputTokens: 50,
    });
    call.think("I was at seven");
    call.finish("max_output_tokens");
    await ended();
    const more = await continueMessage(environment, account, { chatId, messageId: assistantMessageId });
    const second = await gateway.nextCall();
    expect(second.body).toMatchObject({ reasoning: thinking.off, max_output_tokens: 50 });
    expect(JSON.stringify(second.body.input)).toContain("I was at seven");
    second.say("Seven");
    second.finish("max_output_tokens");
    await ended(more.generationId);
  });

  test("the rest of an answer in JSON is not asked for as JSON of its own", async () => {
    const { account, environment, chatId, assistantMessageId, call, ended } = await begin({ answer: "json" });
    call.say('{"names": ["Ada", ');
    call.finish("max_output_tokens");
    await ended();
    const more = await continueMessage(environment, account, { chatId, messageId: assistantMessageId });
    const second = await gateway.nextCall();
    expect(second.body).not.toHaveProperty("text");
    second.say('"Alan"]}');
    second.finish();
    await ended(more.generationId);
  });

  test("new chats begin as the account has chosen, chats of others do not, and no stranger changes them", async () => {
    const { account, environment, chatId, call, ended } = await begin();
    call.finish();
    await ended();
    const chosen = { ...defaultChatOptions, thinking: false, systemPrompt: "Be brief.\u0000" };
    await setDefaultOptions(db, account.id, chosen);
    expect(await getDefaultOptions(db, account.id)).toEqual({ ...chosen, systemPrompt: "Be brief.\uFFFD" });
    const ids = { userMessageId: clientId("msg"), assistantMessageId: clientId("msg"), parentId: null };
    const message = { chatId: clientId("chat"), ...ids, text: "Hi" };
    const { generationId } = await sendMessage(environment, account, message);
    const begun = await gateway.nextCall();
    expect(begun.body).toMatchObject({ reasoning: thinking.off, instructions: "Be brief.\uFFFD" });
    begun.finish();
    await ended(generationId);
    expect((await getChat(db, account.id, chatId))?.options).toEqual(defaultChatOptions);

    const stranger = await createTestAccount(db);
    expect(await getDefaultOptions(db, stranger.id)).toEqual(defaultChatOptions);
    expect(await updateChat(db, stranger.id, chatId, { options: chosen })).toBeNull();
  });
});
