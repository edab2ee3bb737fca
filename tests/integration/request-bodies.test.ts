import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signPayToken } from "#lib/accounts/pay-token.ts";
import { createBodyKeeper } from "#lib/gateway/body-keeper.ts";
import { newId } from "#lib/ops/ids.ts";
import type { BodyDays } from "#lib/usage/kept-body.ts";
import {
  countBodies,
  deleteAllBodies,
  deleteBody,
  deleteExpiredBodies,
  eachBody,
  getBodyDays,
  readBody,
  setBodyDays,
} from "#lib/usage/store/request-bodies.ts";
import { databases, openTestDb } from "#tests/support/databases.ts";
import {
  chatBody,
  createTestCaller,
  post,
  startTestGateway,
  type TestGateway,
  testSecret,
  until,
} from "#tests/support/gateway.ts";
import {
  json,
  type MockUpstream,
  plainCompletion,
  plainStream,
  sse,
  startMockUpstream,
} from "#tests/support/mock-upstream.ts";

const dayMs = 86_400_000;
const secretWords = "the words of a private matter";

describe.each(databases)("bodies on $name", ({ url }) => {
  const db = openTestDb(url);
  let upstream: MockUpstream;
  let gateway: TestGateway;
  let caller: Awaited<ReturnType<typeof createTestCaller>>;

  beforeAll(async () => {
    upstream = await startMockUpstream();
    gateway = await startTestGateway({ databaseUrl: url, upstreamUrl: upstream.url });
  });
  beforeEach(async () => {
    caller = await createTestCaller(db);
    upstream.script(json(200, plainCompletion()));
  });
  afterAll(async () => {
    await gateway.stop();
    await upstream.close();
    await db.$disconnect();
  });

  const body = () => chatBody({ messages: [{ role: "user", content: secretWords }] });
  async function call(fields: Record<string, unknown> = {}): Promise<string> {
    const answer = await post(`${gateway.url}/v1/chat/completions`, caller.apiKey, { ...body(), ...fields });
    await answer.text();
    return answer.headers.get("x-request-id") ?? "";
  }
  const read = (requestId: string, accountId = caller.accountId, now = new Date()) =>
    readBody(db, testSecret, { accountId, requestId }, now);
  const kept = (requestId: string) => until(() => read(requestId));

  test("nothing is kept of any call unless the account chose so", async () => {
    expect(await getBodyDays(db, caller.accountId)).toBeNull();
    const before = await db.requestBody.count();
    const requestId = await call();
    await call({ stream: true });
    // A call of an account that wants it is kept after these, so theirs would be there by then.
    const other = await createTestCaller(db);
    await setBodyDays(db, other.accountId, 1);
    const answer = await post(`${gateway.url}/v1/chat/completions`, other.apiKey, body());
    await until(() => read(answer.headers.get("x-request-id") ?? "", other.accountId));
    expect(await read(requestId)).toBeNull();
    expect(await countBodies(db, caller.accountId)).toBe(0);
    expect(await db.requestBody.count()).toBe(before + 1);
  });

  test.each([1, 7, 30] satisfies BodyDays[])(
    "they are kept for %i days as sent and answered, and read by their account alone",
    async (days) => {
      await setBodyDays(db, caller.accountId, days);
      const requestId = await call({ temperature: 0.3 });
      const found = await kept(requestId);
      expect(JSON.parse(found.request ?? "")).toEqual({ ...body(), temperature: 0.3 });
      expect(found.answer).toMatchObject({ content: expect.stringMatching(/./), error: null });
      const stranger = await createTestCaller(db);
      expect(await read(requestId, stranger.accountId)).toBeNull();
      expect(await deleteBody(db, { accountId: stranger.accountId, requestId })).toBe(false);
      const almost = new Date(found.expiresAt.getTime() - 1);
      expect(Math.abs(found.expiresAt.getTime() - Date.now() - days * dayMs)).toBeLessThan(60_000);
      expect(await read(requestId, caller.accountId, almost)).not.toBeNull();
      expect(await read(requestId, caller.accountId, found.expiresAt)).toBeNull();
    },
  );

  test("neither the database nor the log holds them in the clear", async () => {
    await setBodyDays(db, caller.accountId, 7);
    upstream.script(sse(...plainStream()));
    const requestId = await call({ stream: true });
    const { answer } = await kept(requestId);
    expect(answer?.content.length).toBeGreaterThan(0);
    const row = await db.requestBody.findUniqueOrThrow({ where: { requestId } });
    const stored = [row.sealedRequest, row.sealedAnswer].map((sealed) =>
      Buffer.from(sealed ?? []).toString("latin1"),
    );
    expect(stored.join()).not.toContain(secretWords);
    expect(stored.join()).not.toContain(answer?.content);
    expect(gateway.logged()).not.toContain(secretWords);
  });

  test("a body that is too large is left out, its answer kept", async () => {
    await setBodyDays(db, caller.accountId, 7);
    const requestId = await call({ messages: [{ role: "user", content: "x".repeat(1024 * 1024) }] });
    const found = await kept(requestId);
    expect(found.request).toBeNull();
    expect(found.answer?.content.length).toBeGreaterThan(0);
  });

  test("one goes at a word, all go at a word, and those whose time is over by themselves", async () => {
    await setBodyDays(db, caller.accountId, 7);
    const ids = [await call(), await call(), await call()];
    for (const id of ids) await kept(id);
    const [first = "", second = "", third = ""] = ids;
    expect(await deleteBody(db, { accountId: caller.accountId, requestId: first })).toBe(true);
    expect(await read(first)).toBeNull();
    await db.requestBody.update({ where: { requestId: second }, data: { expiresAt: new Date(0) } });
    await deleteExpiredBodies(db, new Date());
    expect(await db.requestBody.findUnique({ where: { requestId: second } })).toBeNull();
    expect(await read(third)).not.toBeNull();
    expect(await deleteAllBodies(db, caller.accountId)).toBe(1);
    expect(await read(third)).toBeNull();
  });

  test("all of an account's that still hold are read one after the other, oldest first, and no other's", async () => {
    await setBodyDays(db, caller.accountId, 7);
    const ids = [await call(), await call(), await call()];
    await until(async () => (await countBodies(db, caller.accountId)) === 3);
    const other = await createTestCaller(db);
    const read = async (accountId: string, now: Date) => {
      const found: string[] = [];
      for await (const { requestId, request } of eachBody(db, testSecret, accountId, now)) {
        expect(request).toContain(secretWords);
        found.push(requestId);
      }
      return found;
    };
    expect(await read(caller.accountId, new Date())).toEqual(ids);
    expect(await read(other.accountId, new Date())).toEqual([]);
    expect(await read(caller.accountId, new Date(Date.now() + 8 * dayMs))).toEqual([]);
  });

  test("a shorter time holds for what is kept already, and off keeps nothing more from the next call on", async () => {
    await setBodyDays(db, caller.accountId, 30);
    const requestId = await call();
    const { expiresAt } = await kept(requestId);
    await setBodyDays(db, caller.accountId, 1);
    expect((await kept(requestId)).expiresAt.getTime()).toBe(expiresAt.getTime() - 29 * dayMs);
    await setBodyDays(db, caller.accountId, null);
    const unkept = await call();
    // Kept after it, so that it would be there by then.
    await setBodyDays(db, caller.accountId, 1);
    await kept(await call());
    expect(await read(unkept)).toBeNull();
    expect(await countBodies(db, caller.accountId)).toBe(2);
  });

  test("what the database does not take holds nobody up, and the log tells its id alone", async () => {
    const lines: string[] = [];
    const away = openTestDb("postgresql://nobody@127.0.0.1:9/none");
    const log = pino({ level: "debug" }, { write: (line: string) => lines.push(line) });
    const keeper = createBodyKeeper({ db: away, log, secret: testSecret });
    const owner = { accountId: caller.accountId, requestId: newId("req") };
    const answer = { reasoning: "", content: secretWords, toolCalls: [], error: null };
    keeper.keep(owner, { body: body(), answer, createdAt: new Date(), days: 1 });
    await keeper.idle();
    await away.$disconnect();
    expect(lines.join()).toContain(owner.requestId);
    expect(lines.join()).not.toContain(secretWords);
  });

  test("what an account says in its chat is not concerned", async () => {
    await setBodyDays(db, caller.accountId, 7);
    const { accountId } = caller;
    const token = signPayToken(testSecret, { accountId, now: Date.now(), ttlMs: 60_000 });
    await (await post(`${gateway.url}/v1/chat/completions`, token, body())).text();
    const requestId = await call();
    await kept(requestId);
    expect(await countBodies(db, caller.accountId)).toBe(1);
  });
});
