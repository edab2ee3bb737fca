import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decideToolCall } from "#lib/chat/approve.ts";
import { createGuardedFetch, fetchGuard } from "#lib/chat/tools/guarded-fetch.ts";
import { offerTools } from "#lib/chat/tools/offer.ts";
import { checkSource } from "#lib/chat/tools/sources/check.ts";
import { setChoice } from "#lib/chat/tools/store/choices.ts";
import {
  addSource,
  changeSource,
  getSource,
  listSources,
  openHeaders,
  removeSource,
} from "#lib/chat/tools/store/sources.ts";
import { sendMessage } from "#lib/chat/turns.ts";
import { clientId, readMessage, testEnvironment, watchAll } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { type ScriptedGateway, startScriptedGateway } from "#tests/support/scripted-gateway.ts";
import { startHttpApi, startMcpServer, type ToolServer } from "#tests/support/tool-servers.ts";

describe.each(databases)("a person's own tools on $name", ({ url }) => {
  const db = openTestDb(url);
  let gateway: ScriptedGateway;
  let mcp: ToolServer;
  let api: ToolServer;

  beforeAll(async () => {
    [gateway, mcp, api] = await Promise.all([startScriptedGateway(), startMcpServer(), startHttpApi()]);
  });
  afterAll(async () => {
    await Promise.all([gateway.close(), mcp.close(), api.close()]);
    await db.$disconnect();
  });

  const header = { name: "authorization", value: "Bearer open sesame" };

  async function begin(kind: "mcp" | "openapi", given: { name: string; value: string } | null = header) {
    const account = { ...(await createTestAccount(db)), plan: "trial" as const };
    const environment = testEnvironment(db, gateway.url);
    const added = await addSource(db, environment.authSecret, account.id, {
      kind,
      name: kind === "mcp" ? "Orchard" : "Library",
      url: kind === "mcp" ? mcp.url : api.url,
      header: given,
      oauthClient: null,
    });
    if (!added) throw new Error("The source was not added.");
    const source = await checkSource(environment, account.id, added);
    if (!source) throw new Error("The source is gone.");
    return { account, environment, source };
  }

  async function ask({ account, environment }: Awaited<ReturnType<typeof begin>>) {
    const ids = {
      chatId: clientId("chat"),
      userMessageId: clientId("msg"),
      assistantMessageId: clientId("msg"),
    };
    const started = await sendMessage(environment, account, {
      ...ids,
      parentId: null,
      text: "How many apples?",
    });
    const call = await gateway.nextCall();
    const reply = () => readMessage(db, account.id, ids.chatId, ids.assistantMessageId);
    const ended = (generationId = started.generationId) => watchAll(db, account.id, generationId);
    const allow = (toolCallId: string) =>
      decideToolCall(environment, account, {
        chatId: ids.chatId,
        messageId: ids.assistantMessageId,
        toolCallId,
        approved: true,
        forChat: false,
        reason: null,
      });
    return { ...ids, call, reply, ended, allow };
  }

  test("tools of an MCP server are listed, ask first, and are called with the kept secret", async () => {
    const own = await begin("mcp");
    expect(own.source).toMatchObject({
      checkError: null,
      tools: [{ name: "orchard_count" }, { name: "orchard_fell" }],
    });
    const { call, ended, allow, reply } = await ask(own);
    expect(JSON.stringify(call.body.tools)).toContain("Orchard__orchard_count");
    call.call("c0", "Orchard__orchard_count", { orchard: "North" });
    call.call("c1", "Orchard__orchard_fell", {});
    call.finish();
    await ended();
    expect((await reply()).metadata.status).toBe("waiting");
    await allow("c0");
    const more = await allow("c1");
    const second = await gateway.nextCall();
    expect(second.body.input.slice(-2)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ call_id: "c0", output: "North has 42 apples" }),
        expect.objectContaining({ call_id: "c1", output: expect.stringContaining("The axe is broken") }),
      ]),
    );
    second.say("42.");
    second.finish();
    await ended(more?.generationId);
    const message = await reply();
    expect(message.parts[1]).toMatchObject({
      state: "output-available",
      toolMetadata: { source: "Orchard", key: `${own.source.id}/orchard_count` },
    });
    expect(new Set(mcp.authorizations)).toEqual(new Set(["Bearer open sesame"]));
  });

  test("operations of an OpenAPI document become tools whose input is their parameters and body", async () => {
    const own = await begin("openapi");
    expect(own.source.tools).toMatchObject([
      { name: "getBook", inputSchema: { required: ["id"], properties: { id: {}, fields: {} } } },
      { name: "ripenMelon" },
      { name: "lendBook", inputSchema: { required: ["book"], properties: { book: { type: "string" } } } },
    ]);
    for (const { name } of own.source.tools) {
      await setChoice(db, own.account.id, {
        tool: `${own.source.id}/${name}`,
        enabled: true,
        approval: "never",
      });
    }
    const { call, ended, reply } = await ask(own);
    call.call("c0", "Library__getBook", { id: "a/b", fields: "title" });
    call.call("c1", "Library__lendBook", { book: "Emma" });
    call.call("c2", "Library__getBook", { id: "missing" });
    call.finish();
    const second = await gateway.nextCall();
    const outputs = JSON.stringify(second.body.input.slice(-3)).replaceAll("\\", "");
    expect(outputs).toContain('"method":"GET","path":"/api/books/a%2Fb?fields=title"');
    expect(outputs).toContain('"method":"POST","path":"/api/loans","body":{"book":"Emma"}');
    expect(outputs).toContain("status 404");
    second.say("Done.");
    second.finish();
    await ended();
    expect((await reply()).metadata.status).toBe("completed");
    expect(api.authorizations).toContain("Bearer open sesame");
  });

  test("a check that fails says why and leaves the tools as they were", async () => {
    const refused = await begin("mcp", null);
    expect(refused.source.checkError).toContain("403");
    expect(refused.source.tools).toEqual([]);
    const good = await begin("openapi");
    good.environment.toolHost.fetch = createGuardedFetch(fetchGuard({ allowPrivate: false }));
    const again = await checkSource(good.environment, good.account.id, good.source);
    expect(again?.checkError).toContain("not on the public internet");
    expect(again?.tools).toHaveLength(3);
  });

  test("a private address is refused when the call is made, too", async () => {
    const own = await begin("openapi");
    own.environment.toolHost.fetch = createGuardedFetch(fetchGuard({ allowPrivate: false }));
    await setChoice(db, own.account.id, {
      tool: `${own.source.id}/lendBook`,
      enabled: true,
      approval: "never",
    });
    const { call, ended } = await ask(own);
    const before = api.authorizations.length;
    call.call("c0", "Library__lendBook", { book: "Emma" });
    call.finish();
    const second = await gateway.nextCall();
    expect(JSON.stringify(second.body.input.at(-1))).toContain("not on the public internet");
    expect(api.authorizations).toHaveLength(before);
    second.say("No.");
    second.finish();
    await ended();
  });

  test("a source that is switched off, or a tool of it, is not offered", async () => {
    const { account, environment, source } = await begin("openapi");
    const offered = async () =>
      Object.keys((await offerTools(environment, { accountId: account.id, chatId: "none" })).tools);
    expect(await offered()).toEqual(
      expect.arrayContaining(["calculator", "Library__getBook", "Library__lendBook"]),
    );
    await setChoice(db, account.id, { tool: `${source.id}/getBook`, enabled: false, approval: "always" });
    expect(await offered()).not.toContain("Library__getBook");
    await changeSource(db, account.id, source.id, { enabled: false });
    expect(await offered()).not.toContain("Library__lendBook");
  });

  test("another account sees, changes and removes nothing of it; the secret is sealed in the database", async () => {
    const { account, environment, source } = await begin("openapi");
    const stranger = await createTestAccount(db);
    expect(await listSources(db, stranger.id)).toEqual([]);
    expect(await getSource(db, stranger.id, source.id)).toBeNull();
    expect(await changeSource(db, stranger.id, source.id, { name: "Mine" })).toBeNull();
    expect(await removeSource(db, stranger.id, source.id)).toBe(false);
    expect(await openHeaders(db, environment.authSecret, stranger.id, source.id)).toEqual({});
    const row = await db.toolSource.findUniqueOrThrow({ where: { id: source.id } });
    expect(Buffer.from(row.sealedSecret ?? []).toString("latin1")).not.toContain("sesame");
    expect(await openHeaders(db, environment.authSecret, account.id, source.id)).toEqual({
      authorization: "Bearer open sesame",
    });
    expect(await removeSource(db, account.id, source.id)).toBe(true);
    expect(await listSources(db, account.id)).toEqual([]);
  });
});
