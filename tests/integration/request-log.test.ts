import { afterAll, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { stretchesOf } from "#lib/usage/log-histogram.ts";
import type { LoggedRequest } from "#lib/usage/logged-request.ts";
import { parseCursor } from "#lib/usage/request-cursor.ts";
import { getLogHistogram } from "#lib/usage/store/log-histogram.ts";
import { narrowStretches } from "#lib/usage/store/narrow-stretches.ts";
import { findLogged, type LogPage, listLog, readLogTail } from "#lib/usage/store/request-log.ts";
import { settle, settleBatch } from "#lib/usage/store/settlement.ts";
import type { UsageFilter, UsageScope } from "#lib/usage/usage-filter.ts";
import { readUsageQuestion } from "#lib/usage/usage-question.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { admitOne, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 4, 5, 10);
const later = new Date(Date.UTC(2026, 4, 9));
const range = { range: "custom", from: "2026-05-04", to: "2026-05-07" };

async function meterSome(db: Db, payers: readonly Payer[], count: number): Promise<string[]> {
  const requests = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const now = new Date(startMs + Math.floor(index / 3) * 7 * minuteMs);
      const tag = index % 5 === 0 ? "rare" : "";
      const payer = payers[index % payers.length];
      if (!payer) throw new Error("No payer.");
      const requestId = await admitOne(db, payer, { now, tag });
      const failed = index % 4 === 0 ? ({ status: "failed", errorCode: "upstream_error" } as const) : {};
      return { requestId, outcome: outcomeOf(failed) };
    }),
  );
  await settleBatch(db, requests);
  return requests.map(({ requestId }) => requestId);
}

const ofAccount = (accountId: string): UsageScope => ({ kind: "account", accountId });

/** Every page of a log, as the page of the console asks for it. */
async function readAll(
  db: Db,
  accountId: string,
  filter: UsageFilter,
  now = later,
): Promise<LoggedRequest[]> {
  const scope = ofAccount(accountId);
  const question = { ...readUsageQuestion(range, { now, timeZone: "Asia/Kolkata" }), filter };
  const stretches = stretchesOf(await getLogHistogram(db, scope, question), now);
  return await pagesOf((after) => listLog(db, scope, { limit: 4, after, filter, stretches }));
}

/** The same of the log of all accounts. */
async function readAllOfAll(db: Db, filter: UsageFilter): Promise<LoggedRequest[]> {
  const scope = { kind: "installation" } as const;
  const question = { ...readUsageQuestion(range, { now: later, timeZone: "Asia/Kolkata" }), filter };
  const counted = stretchesOf(await getLogHistogram(db, scope, question), later);
  return await pagesOf(async (after) => {
    const before = (after === undefined ? null : parseCursor(after)?.createdAt) ?? question.range.to;
    const asked = { filter, stretches: counted, before, wanted: 5, now: later };
    const stretches = await narrowStretches(db, asked);
    return await listLog(db, scope, { limit: 4, after, filter, stretches });
  });
}

async function pagesOf(read: (after: string | undefined) => Promise<LogPage>): Promise<LoggedRequest[]> {
  const all: LoggedRequest[] = [];
  let after: string | undefined;
  do {
    const page = await read(after);
    all.push(...page.requests);
    after = page.nextCursor ?? undefined;
  } while (after !== undefined);
  return all;
}

describe.each(databases)("the log on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  async function setUp() {
    const { id, email } = await createTestAccount(db);
    const { payer, keyId } = await createPayer(db, id);
    const chat: Payer = { kind: "account", accountId: id };
    return { id, email, payer, keyId, chat };
  }

  test("its pages meet every request once, newest first, with any filter", async () => {
    const { id, payer, keyId, chat } = await setUp();
    const ids = await meterSome(db, [payer, chat], 31);
    const all = await readAll(db, id, {});
    expect(all.map((request) => request.id).toSorted()).toEqual(ids.toSorted());
    const order = all.map((request) => `${request.createdAt} ${request.id}`);
    expect(order).toEqual(order.toSorted().toReversed());
    const filters: [UsageFilter, (request: LoggedRequest) => boolean][] = [
      [{ key: [keyId] }, (request) => request.keyId === keyId],
      [{ key: ["chat"] }, (request) => request.keyId === null],
      [{ key: ["chat", keyId], source: ["chat"] }, (request) => request.source === "chat"],
      [{ tag: ["rare"] }, (request) => request.tag === "rare"],
      [{ tag: [""], status: ["failed"] }, (request) => request.tag === "" && request.status === "failed"],
      [{ error: ["upstream_error"] }, (request) => request.errorCode !== null],
      [{ error: [""] }, (request) => request.errorCode === null],
      [{ model: ["another"] }, () => false],
    ];
    for (const [filter, lets] of filters) {
      expect(await readAll(db, id, filter)).toEqual(all.filter(lets));
    }
  });

  test("the log of all accounts meets every request of each once and says whose it is, with any filter", async () => {
    const [one, two] = [await setUp(), await setUp()];
    const ids = await meterSome(db, [one.payer, two.chat, two.payer], 31);
    const isOurs = ({ id }: LoggedRequest) => ids.includes(id);
    const all = (await readAllOfAll(db, { account: [one.id, two.id] })).filter(isOurs);
    expect(all.map((request) => request.id).toSorted()).toEqual(ids.toSorted());
    const order = all.map((request) => `${request.createdAt} ${request.id}`);
    expect(order).toEqual(order.toSorted().toReversed());
    expect(new Set(all.map(({ account }) => account))).toEqual(new Set([one.email, two.email]));
    const filters: [UsageFilter, (request: LoggedRequest) => boolean][] = [
      [{}, () => true],
      [{ account: [one.id] }, (request) => request.account === one.email],
      [{ key: [one.keyId] }, (request) => request.keyId === one.keyId],
      [{ key: ["chat", one.keyId] }, ({ keyId }) => keyId === null || keyId === one.keyId],
      [{ tag: ["rare"] }, (request) => request.tag === "rare"],
      [
        { status: ["failed"], source: ["chat"] },
        ({ status, source }) => status === "failed" && source === "chat",
      ],
    ];
    for (const [filter, lets] of filters) {
      expect((await readAllOfAll(db, filter)).filter(isOurs)).toEqual(all.filter(lets));
    }
    const tail = await readLogTail(
      db,
      { kind: "installation" },
      {
        since: later,
        watched: [all[0]?.id ?? ""],
        filter: {},
        limit: 5,
      },
    );
    expect(tail.requests.filter(isOurs)).toEqual(all.slice(0, 1));
  });

  test("rows that were dropped for their age end it early and hide none of the others", async () => {
    const { id, payer } = await setUp();
    const ids = await meterSome(db, [payer], 30);
    await db.request.deleteMany({ where: { accountId: id, id: { in: ids.slice(9, 24) } } });
    const left = (await readAll(db, id, {})).map((request) => request.id);
    expect(left.toSorted()).toEqual([...ids.slice(0, 9), ...ids.slice(24)].toSorted());
  });

  test("a request that still runs is in it, though no roll-up counts it", async () => {
    const { id, payer } = await setUp();
    const now = new Date(startMs + minuteMs);
    const running = await admitOne(db, payer, { now: new Date(startMs) });
    expect((await readAll(db, id, {}, now)).map((request) => request.id)).toEqual([running]);
  });

  test("its tail gives what has come and how what ran has ended, and then nothing more", async () => {
    const { id, payer } = await setUp();
    const since = new Date(startMs);
    const running = await admitOne(db, payer, { now: new Date(startMs + minuteMs) });
    const options = { since, watched: [], filter: {}, limit: 10 };
    const first = await readLogTail(db, ofAccount(id), options);
    expect(first).toMatchObject({ running: [running], more: false });
    expect(first.requests).toMatchObject([{ id: running, status: "reserved" }]);

    await settle(db, running, outcomeOf());
    const newest = new Date(first.newest ?? "");
    const second = await readLogTail(db, ofAccount(id), {
      ...options,
      since: newest,
      watched: first.running,
    });
    expect(second.requests).toMatchObject([{ id: running, status: "succeeded" }]);
    expect(second.running).toEqual([]);
    const third = await readLogTail(db, ofAccount(id), {
      ...options,
      since: new Date(newest.getTime() + minuteMs),
    });
    expect(third).toEqual({ requests: [], running: [], more: false, newest: null });
  });

  test("its tail watches a request that a filter by status may let through once it ends", async () => {
    const { id, payer } = await setUp();
    const running = await admitOne(db, payer, { now: new Date(startMs + minuteMs) });
    const options = { since: new Date(startMs), filter: { status: ["failed"] } as const, limit: 10 };
    const first = await readLogTail(db, ofAccount(id), { ...options, watched: [] });
    expect(first).toMatchObject({ requests: [], running: [running] });
    await settle(db, running, outcomeOf({ status: "failed", errorCode: "upstream_error" }));
    const second = await readLogTail(db, ofAccount(id), { ...options, since: later, watched: first.running });
    expect(second.requests).toMatchObject([{ id: running, status: "failed" }]);
  });

  test("after a flood its tail gives the newest and says that there are more", async () => {
    const { id, payer } = await setUp();
    await meterSome(db, [payer], 9);
    const tail = await readLogTail(db, ofAccount(id), {
      since: new Date(0),
      watched: [],
      filter: {},
      limit: 5,
    });
    expect(tail.more).toBe(true);
    expect(tail.requests.length).toBeGreaterThanOrEqual(5);
    expect(tail.requests[0]?.createdAt).toBe(tail.newest);
  });

  test("another account sees none of it, by no way", async () => {
    const [owner, other] = [await setUp(), await setUp()];
    const [first = ""] = await meterSome(db, [owner.payer], 3);
    expect(await findLogged(db, ofAccount(owner.id), first)).toMatchObject({ id: first });
    expect(await findLogged(db, ofAccount(other.id), first)).toBeNull();
    expect(await readAll(db, other.id, {})).toEqual([]);
    const tail = await readLogTail(db, ofAccount(other.id), {
      since: new Date(0),
      watched: [first],
      filter: {},
      limit: 5,
    });
    expect(tail.requests).toEqual([]);
  });
});
