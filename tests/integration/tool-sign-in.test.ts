import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGuardedFetch, fetchGuard } from "#lib/chat/tools/guarded-fetch.ts";
import { withAccess } from "#lib/chat/tools/sources/access.ts";
import { checkSource } from "#lib/chat/tools/sources/check.ts";
import { beginSignIn, endSignIn } from "#lib/chat/tools/sources/connect.ts";
import { callMcpTool } from "#lib/chat/tools/sources/mcp.ts";
import { addSource, getSource } from "#lib/chat/tools/store/sources.ts";
import { ToolFailure } from "#lib/chat/tools/tool.ts";
import { testEnvironment } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { type OAuthMcpServer, startOAuthMcpServer } from "#tests/support/tool-servers.ts";

const returnUrl = "http://127.0.0.1:1/api/tools/sign-in";

describe.each(databases)("signing in at an MCP server on $name", ({ url }) => {
  const db = openTestDb(url);
  let mcp: OAuthMcpServer;
  beforeAll(async () => {
    mcp = await startOAuthMcpServer();
  });
  afterAll(async () => {
    await mcp.close();
    await db.$disconnect();
  });

  async function addOrchard(oauthClient: { id: string; secret: null } | null = null) {
    const account = await createTestAccount(db);
    const environment = testEnvironment(db, "http://127.0.0.1:1");
    const added = await addSource(db, environment.authSecret, account.id, {
      kind: "mcp",
      name: "Orchard",
      url: mcp.url,
      header: null,
      oauthClient,
    });
    if (!added) throw new Error("The source was not added.");
    const read = async () => {
      const source = await getSource(db, account.id, added.id);
      if (!source) throw new Error("The source is gone.");
      return source;
    };
    await checkSource(environment, account.id, added);
    const begin = async () => {
      const authorization = await beginSignIn(environment, account.id, await read(), returnUrl);
      if (authorization === null) throw new Error("The server asked for no sign-in.");
      return authorization;
    };
    const visit = async (authorization: string) => {
      const answer = await fetch(authorization, { redirect: "manual" });
      const back = new URL(answer.headers.get("location") ?? "");
      return { state: back.searchParams.get("state") ?? "", code: back.searchParams.get("code") ?? "" };
    };
    const end = (returned: { state: string; code: string }, id = account.id) =>
      endSignIn(environment, id, returned);
    const call = async () => {
      const signal = AbortSignal.timeout(10_000);
      return withAccess(environment, account.id, await read(), signal, (server) =>
        callMcpTool(server, "orchard_count", { orchard: "North" }),
      );
    };
    return { account, environment, read, begin, visit, end, call };
  }

  test("a server that wants a sign-in is marked so; after it its tools are listed and called", async () => {
    const orchard = await addOrchard();
    expect(await orchard.read()).toMatchObject({ auth: "oauth", tools: [] });
    expect((await orchard.read()).checkError).toContain("sign in");
    const authorization = await orchard.begin();
    expect(new URL(authorization).searchParams.get("code_challenge_method")).toBe("S256");
    const source = await orchard.end(await orchard.visit(authorization));
    expect(source).toMatchObject({ checkError: null, tools: [{ name: "orchard_count" }, {}] });
    expect(await orchard.call()).toBe("North has 42 apples");
  });

  test("tokens that have run out are renewed, once for calls one after the other", async () => {
    const orchard = await addOrchard();
    await orchard.end(await orchard.visit(await orchard.begin()));
    mcp.expireTokens();
    const before = mcp.renewals;
    expect(await orchard.call()).toBe("North has 42 apples");
    expect(await orchard.call()).toBe("North has 42 apples");
    expect(mcp.renewals - before).toBe(1);
  });

  test("calls that renew at the same time do not lose the sign-in", async () => {
    const orchard = await addOrchard();
    await orchard.end(await orchard.visit(await orchard.begin()));
    mcp.expireTokens();
    const before = mcp.renewals;
    const answers = await Promise.all(Array.from({ length: 5 }, orchard.call));
    expect(new Set(answers)).toEqual(new Set(["North has 42 apples"]));
    expect(mcp.renewals - before).toBe(1);
  });

  test("a sign-in that the server has forgotten is told, and can be made again", async () => {
    const orchard = await addOrchard();
    await orchard.end(await orchard.visit(await orchard.begin()));
    mcp.forget();
    await expect(orchard.call()).rejects.toThrow("wants you to sign in");
    await checkSource(orchard.environment, orchard.account.id, await orchard.read());
    expect((await orchard.read()).checkError).toContain("sign in");
    await orchard.end(await orchard.visit(await orchard.begin()));
    expect(await orchard.call()).toBe("North has 42 apples");
  });

  test("only the account that began a sign-in can end it, once, and only with its own state", async () => {
    const orchard = await addOrchard();
    const stranger = await createTestAccount(db);
    const returned = await orchard.visit(await orchard.begin());
    expect(await orchard.end(returned, stranger.id)).toBeNull();
    expect(await orchard.end({ ...returned, state: "guessed" })).toBeNull();
    await expect(orchard.end({ ...returned, code: "forged" })).rejects.toThrow(ToolFailure);
    expect(await orchard.end(returned)).toMatchObject({ checkError: null });
    expect(await orchard.end(returned)).toBeNull();
  });

  test("a client of the person's own is used as it is, and a refusal of it is told", async () => {
    const orchard = await addOrchard({ id: "mine", secret: null });
    expect(new URL(await orchard.begin()).searchParams.get("client_id")).toBe("mine");
  });

  test("nothing private is reached for a sign-in, and the secrets are sealed", async () => {
    const orchard = await addOrchard();
    await orchard.end(await orchard.visit(await orchard.begin()));
    const row = await db.toolSource.findUniqueOrThrow({ where: { id: (await orchard.read()).id } });
    expect(Buffer.from(row.sealedSecret ?? []).toString("latin1")).not.toContain("refresh_token");
    orchard.environment.toolHost.fetch = createGuardedFetch(fetchGuard({ allowPrivate: false }));
    await expect(orchard.begin()).rejects.toThrow("not on the public internet");
  });
});
