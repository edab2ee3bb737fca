import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type APIRequestContext, expect, type PlaywrightWorkerArgs } from "@playwright/test";
import { password, test } from "./product.ts";

const root = resolve(import.meta.dirname, "../..");
const fresh = (prefix: string) => `${prefix}_${crypto.randomUUID().replaceAll("-", "")}`;

interface Person {
  api: APIRequestContext;
  apiKey: string;
}

interface Call {
  method: string;
  /** As in `app`, such as `/api/chats/[chatId]`. */
  route: string;
}

/** Every method of every route handler, told by the files themselves: a new one is asked about without a line here. */
function listCalls(): Call[] {
  return globSync("app/**/route.ts", { cwd: root }).flatMap((file) => {
    const route = `/${file
      .split("/")
      .slice(1, -1)
      .filter((part) => !/^\(.*\)$/.test(part))
      .join("/")}`;
    const source = readFileSync(resolve(root, file), "utf8");
    return [...source.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)].map(([, method]) => ({
      method: method ?? "",
      route,
    }));
  });
}

/** Open to whoever has the address or the form: no session is asked for. */
const openRoutes = [
  /^\/api\/auth\//,
  /^\/api\/sign(in|up)$/,
  /^\/share\//,
  /^\/docs/,
  /^\/preview$/,
  /^\/api\/tools\/sign-in$/,
];

/** Nobody's but the admin's: even what is the caller's own is 404 here. */
const adminRoute = /^\/api\/admin\//;

const shareChoices = { reasoning: true, toolResults: true, name: true };

/** Valid bodies, so that what refuses a call is whose the object is. Others are sent `{}`. */
function bodyOf({ method, route }: Call): object {
  const bodies: Record<string, object> = {
    "PATCH /api/chats/[chatId]": { title: "Taken over" },
    "POST /api/chats/[chatId]/messages": {
      message: { id: fresh("msg"), parts: [{ type: "text", text: "Let me in" }] },
      parentId: null,
      assistantMessageId: fresh("msg"),
    },
    "POST /api/chats/[chatId]/messages/[messageId]/approvals": { toolCallId: "call_1", approved: true },
    "POST /api/chats/[chatId]/messages/[messageId]/regenerate": { assistantMessageId: fresh("msg") },
    "POST /api/chats/[chatId]/messages/[messageId]/edit": {
      assistantMessageId: fresh("msg"),
      texts: ["Mine now"],
    },
    "PATCH /api/admin/accounts/[accountId]": { disabled: true },
    "PATCH /api/keys/[id]": { name: "Taken over" },
    "PATCH /api/tools/sources/[sourceId]": { enabled: false },
    "PATCH /api/alerts/webhooks/[webhookId]": { enabled: false },
    "PATCH /api/folders/[folderId]": { name: "Taken over" },
    "PATCH /api/prompts/[promptId]": { name: "Taken over", text: "Taken over" },
    "POST /api/chats/[chatId]/share": shareChoices,
  };
  return bodies[`${method} ${route}`] ?? {};
}

const queries: Record<string, string> = { "/api/chats/[chatId]/export": "?format=json" };

async function join(playwright: PlaywrightWorkerArgs["playwright"], url: string): Promise<Person> {
  const api = await playwright.request.newContext({ baseURL: url });
  const email = `${fresh("matrix")}@example.com`;
  const joined = await api.post("/api/signup", { data: { email, password } });
  expect(joined.status()).toBe(201);
  await api.post("/api/signin", { data: { email, password } });
  return { api, apiKey: (await joined.json()).apiKey };
}

/** One of everything an account can own, by the name its id goes by in the routes. */
async function ownEverything({ api, apiKey }: Person): Promise<Record<string, string>> {
  const chatId = fresh("chat");
  const messageId = fresh("msg");
  const sent = await api.post(`/api/chats/${chatId}/messages`, {
    data: {
      message: { id: fresh("msg"), parts: [{ type: "text", text: "A private matter" }] },
      parentId: null,
      assistantMessageId: messageId,
    },
  });
  const { generationId } = await sent.json();
  const stored = await api.post("/api/attachments", {
    data: Buffer.from("Private words"),
    headers: { "content-type": "application/octet-stream", "x-file-name": "private.txt" },
  });
  const attachmentId = (await stored.json()).file.url.split("/").at(-1);
  const { keys } = await (await api.get("/api/keys")).json();
  const { account } = await (await api.get("/api/auth/session")).json();
  const source = await api.post("/api/tools/sources", {
    data: { kind: "mcp", name: "Mine", url: "http://127.0.0.1:9/mcp" },
  });
  const called = await api.post("/v1/chat/completions", {
    headers: { authorization: `Bearer ${apiKey}` },
    data: { model: "moonshot/kimi-k2.6", messages: [{ role: "user", content: "Hello" }], max_tokens: 5 },
  });
  const folder = await api.post("/api/folders", { data: { name: "Private" } });
  const prompt = await api.post("/api/prompts", { data: { name: "Private", text: "Private words" } });
  const webhook = await api.post("/api/alerts/webhooks", { data: { url: "https://example.com/hook" } });
  const { deliveryId } = await (await api.post("/api/alerts/email/test")).json();
  const shared = await api.post(`/api/chats/${chatId}/share`, { data: shareChoices });
  return {
    accountId: account.id,
    priceId: fresh("prc"),
    reconciliationId: fresh("rec"),
    sessionId: account.sessionId,
    chatId,
    messageId,
    generationId,
    attachmentId,
    id: keys[0].id,
    sourceId: (await source.json()).source.id,
    requestId: called.headers()["x-request-id"] ?? "",
    webhookId: (await webhook.json()).webhook.id,
    deliveryId,
    folderId: (await folder.json()).folder.id,
    promptId: (await prompt.json()).prompt.id,
    shareId: (await shared.json()).share.id,
  };
}

function pathOf({ route }: Call, ids: Record<string, string>): string {
  const path = route.replace(/\[(\w+)\]/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`Make a ${name} in ownEverything: ${route} asks for one.`);
    return id;
  });
  return `${path}${queries[route] ?? ""}`;
}

test("whatever belongs to another account is 404, on every route and method there is", async ({
  playwright,
  product,
}) => {
  const [owner, stranger] = await Promise.all([join(playwright, product.url), join(playwright, product.url)]);
  const ids = await ownEverything(owner);
  const asked = listCalls().filter(
    ({ route }) => route.includes("[") && !openRoutes.some((open) => open.test(route)),
  );
  expect(asked.length).toBeGreaterThan(15);
  const told = await Promise.all(
    asked.map(async (call) => {
      const answer = await stranger.api.fetch(pathOf(call, ids), { method: call.method, data: bodyOf(call) });
      return `${answer.status()} ${call.method} ${call.route}`;
    }),
  );
  expect(told.filter((line) => !line.startsWith("404 "))).toEqual([]);

  const mine = await (await owner.api.get(`/api/chats/${ids.chatId}`)).json();
  expect(mine.chat.title).not.toBe("Taken over");
  expect(JSON.stringify(mine.messages)).toContain("A private matter");
  const owned = asked.filter(({ method, route }) => method === "GET" && !adminRoute.test(route));
  for (const call of owned) {
    const answer = await owner.api.get(pathOf(call, ids));
    expect(answer.status(), `${call.route} for its owner`).toBeLessThan(400);
  }
  expect((await stranger.api.get(`/chat/${ids.chatId}`)).status()).toBe(404);
});

test("addresses and bodies with what no database stores are answered in order, on every route", async ({
  playwright,
  product,
}) => {
  const { api, apiKey } = await join(playwright, product.url);
  const parts = [{ type: "text", text: "a\u0000b\ud800" }];
  const data = { message: { id: fresh("msg"), parts }, parentId: null, assistantMessageId: fresh("msg") };
  const sent = await api.post(`/api/chats/${fresh("chat")}/messages`, { data });
  expect([sent.status(), (await sent.json()).chat.title]).toEqual([201, "a\uFFFDb\uFFFD"]);
  const faults: string[] = [];
  for (const call of listCalls().filter(({ route }) => route.includes("["))) {
    for (const id of ["a%00b", "%ED%A0%80"]) {
      const path = `${call.route.replace(/\[[^\]]+\]/g, id)}?tag=%00&model=%00&key=%00&cursor=%00`;
      const answer = await api.fetch(path, { method: call.method, data: bodyOf(call) });
      if (answer.status() < 400 || answer.status() > 499)
        faults.push(`${call.method} ${path}: ${answer.status()}`);
    }
  }
  const headers = { authorization: `Bearer ${apiKey}` };
  for (const path of ["/v1/requests/a%00b", "/v1/models/a%00b", "/v1/usage?tag=%00"]) {
    const answer = await api.get(path, { headers });
    if (answer.status() > 499) faults.push(`${path}: ${answer.status()}`);
  }
  const input = [{ type: "item_reference", id: "a\u0000b" }];
  const referring = { headers, data: { model: "moonshot/kimi-k2.6", input } };
  expect((await api.post("/v1/responses", referring)).status()).toBe(400);
  expect((await api.post("/v1/keys/a%00b/rotate", { headers })).status()).toBe(404);
  expect(faults).toEqual([]);
});

test("without a session every route refuses, and says to sign in", async ({ playwright, product }) => {
  const api = await playwright.request.newContext({ baseURL: product.url });
  const told = await Promise.all(
    listCalls()
      .filter(({ route }) => !openRoutes.some((open) => open.test(route)))
      .map(async (call) => {
        const path = call.route.replace(/\[(\w+)\]/g, "none");
        const answer = await api.fetch(path, { method: call.method, data: bodyOf(call) });
        return `${answer.status()} ${call.method} ${call.route}`;
      }),
  );
  expect(told.filter((line) => !line.startsWith("401 "))).toEqual([]);
});

test("a key sees no request and no key of another account", async ({ playwright, product }) => {
  const [owner, stranger] = await Promise.all([join(playwright, product.url), join(playwright, product.url)]);
  const answered = await owner.api.post("/v1/chat/completions", {
    headers: { authorization: `Bearer ${owner.apiKey}` },
    data: { model: "moonshot/kimi-k2.6", messages: [{ role: "user", content: "Hello" }], max_tokens: 5 },
  });
  const requestId = answered.headers()["x-request-id"];
  const { keys } = await (await owner.api.get("/api/keys")).json();
  const ask = (person: Person, method: string, path: string) =>
    person.api.fetch(path, { method, headers: { authorization: `Bearer ${person.apiKey}` } });
  expect((await ask(owner, "GET", `/v1/requests/${requestId}`)).status()).toBe(200);
  expect((await ask(stranger, "GET", `/v1/requests/${requestId}`)).status()).toBe(404);
  expect((await ask(stranger, "POST", `/v1/keys/${keys[0].id}/rotate`)).status()).toBe(404);
});

test("every page and route of the admin is 404 for whoever is not admin", async ({ playwright, product }) => {
  const person = await join(playwright, product.url);
  const ids = await ownEverything(person);
  const pages = globSync("app/(console)/admin/**/page.tsx", { cwd: root }).map((file) => ({
    method: "GET",
    route: `/${file.split("/").slice(2, -1).join("/")}`,
  }));
  const routes = listCalls().filter(({ route }) => adminRoute.test(route));
  expect(pages.length).toBeGreaterThan(2);
  expect(routes.length).toBeGreaterThan(2);
  const told = await Promise.all(
    [...pages, ...routes].map(async (call) => {
      const answer = await person.api.fetch(pathOf(call, ids), { method: call.method, data: bodyOf(call) });
      return `${answer.status()} ${call.method} ${call.route}`;
    }),
  );
  expect(told.filter((line) => !line.startsWith("404 "))).toEqual([]);
});
