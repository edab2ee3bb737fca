import { PrismaPg } from "@prisma/adapter-pg";
import fc from "fast-check";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { connectDb, type Db } from "#lib/db/client.ts";
import { PrismaClient } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { getQuotaToday, getTotals, listSpendByDay } from "#lib/usage/store/reports.ts";
import { getRequest, listRequests, listRequestsByIds } from "#lib/usage/store/requests.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { createTestAccount, databases, openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { admitOne, createPayer, generousLimits, outcomeOf } from "#tests/support/metered-calls.ts";

async function meter(
  db: Db,
  payer: Payer,
  time: string,
  change: Parameters<typeof outcomeOf>[0] = {},
): Promise<string> {
  const requestId = await admitOne(db, payer, { now: new Date(time) });
  await settle(db, requestId, outcomeOf(change));
  return requestId;
}

describe.each(databases)("usage on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  test("the day's quota tells what is left and when it starts anew", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const limits = { ...generousLimits, trialRequestsPerDay: 3 };
    const now = new Date("2026-05-05T23:30:00Z");
    const resetsAt = new Date("2026-05-06T00:00:00Z");
    expect(await getQuotaToday(db, id, limits, now)).toEqual({
      plan: "trial",
      limit: 3,
      used: 0,
      remaining: 3,
      resetsAt,
    });
    await admitOne(db, payer, { now, limits });
    await admitOne(db, { kind: "account", accountId: id }, { now, limits });
    expect(await getQuotaToday(db, id, limits, now)).toMatchObject({ used: 2, remaining: 1 });
    expect(await getQuotaToday(db, id, limits, resetsAt)).toMatchObject({ used: 0, remaining: 3 });
    expect(await getQuotaToday(db, id, { ...limits, trialRequestsPerDay: 1 }, now)).toMatchObject({
      remaining: 0,
    });
    const paid = await createTestAccount(db, { plan: "paid" });
    expect(await getQuotaToday(db, paid.id, limits, now)).toBeNull();
  });

  test("spend by day follows the viewer's zone, with empty days, chat and API told apart", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    await meter(db, payer, "2026-05-01T21:59:59Z");
    await meter(db, payer, "2026-05-01T22:00:00Z");
    await meter(db, { kind: "account", accountId: id }, "2026-05-03T12:00:00Z", {
      status: "failed",
      usage: null,
    });
    const range = { from: new Date("2026-05-01T12:00:00Z"), to: new Date("2026-05-03T12:00:00Z") };
    const summary = async (timeZone: string) =>
      (await listSpendByDay(db, id, { ...range, timeZone })).map((day) => [
        day.day,
        day.bySource.api.requests,
        day.bySource.chat.requests,
        day.failures,
        day.costNanoUsd,
      ]);
    expect(await summary("UTC")).toEqual([
      ["2026-05-01", 2, 0, 0, 2_666_000n],
      ["2026-05-02", 0, 0, 0, 0n],
      ["2026-05-03", 0, 1, 1, 0n],
    ]);
    expect(await summary("Europe/Berlin")).toEqual([
      ["2026-05-01", 1, 0, 0, 1_333_000n],
      ["2026-05-02", 1, 0, 0, 1_333_000n],
      ["2026-05-03", 0, 1, 1, 0n],
    ]);
    expect(await getTotals(db, id, range)).toMatchObject({ requests: 2 });
    expect(await getTotals(db, id, { ...range, timeZone: "UTC" })).toMatchObject({
      requests: 3,
      failures: 1,
      promptTokens: 1000,
      cachedTokens: 800,
      completionTokens: 600,
      reasoningTokens: 200,
      costNanoUsd: 2_666_000n,
      bySource: { api: { requests: 2, costNanoUsd: 2_666_000n }, chat: { requests: 1, costNanoUsd: 0n } },
    });
  });

  test("days add up to the total in every time zone", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const start = Date.UTC(2026, 2, 20);
    for (let index = 0; index < 60; index += 1) {
      await meter(db, payer, new Date(start + index * 11_111_111).toISOString());
    }
    const range = { from: new Date(start), to: new Date(start + 10 * 86_400_000) };
    const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...zones), async (timeZone) => {
        const days = await listSpendByDay(db, id, { ...range, timeZone });
        expect(days.reduce((sum, day) => sum + day.costNanoUsd, 0n)).toBe(60n * 1_333_000n);
        expect((await getTotals(db, id, { ...range, timeZone })).costNanoUsd).toBe(60n * 1_333_000n);
      }),
      { numRuns: 10 },
    );
  });

  test("paging meets every request once, newest first, also within one millisecond", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const times = ["2026-05-05T10:00:00.000Z", "2026-05-05T10:00:00.001Z", "2026-05-05T10:00:00.001Z"];
    const ids: string[] = [];
    for (let index = 0; index < 11; index += 1) {
      const chat: Payer = { kind: "account", accountId: id };
      ids.push(await meter(db, index % 2 ? chat : payer, times[index % 3] ?? ""));
    }
    const readAll = async (source?: "api" | "chat") => {
      const read: string[] = [];
      let after: string | null = null;
      do {
        const page = await listRequests(db, id, {
          limit: 2,
          ...(after === null ? {} : { after }),
          ...(source === undefined ? {} : { source }),
        });
        read.push(...page.requests.map((request) => request.id));
        after = page.nextCursor;
      } while (after !== null);
      return read;
    };
    const all = await readAll();
    expect([...all].sort()).toEqual([...ids].sort());
    const requests = await listRequestsByIds(db, id, ids);
    expect(all).toEqual(requests.map((request) => request.id).reverse());
    expect((await readAll("chat")).length).toBe(5);
    expect((await listRequests(db, id, { limit: 1000, after: "nonsense" })).requests).toHaveLength(11);
  });

  test("another account's requests are as absent", async () => {
    const [owner, other] = [await createTestAccount(db), await createTestAccount(db)];
    const { payer } = await createPayer(db, owner.id);
    const requestId = await meter(db, payer, "2026-05-05T10:00:00Z");
    expect(await getRequest(db, owner.id, requestId)).toMatchObject({ id: requestId });
    expect(await getRequest(db, other.id, requestId)).toBeNull();
    expect(await listRequestsByIds(db, other.id, [requestId])).toEqual([]);
    expect((await listRequests(db, other.id, { limit: 10 })).requests).toEqual([]);
    const range = { from: new Date("2026-05-05T00:00:00Z"), to: new Date("2026-05-06T00:00:00Z") };
    expect(await getTotals(db, other.id, range)).toMatchObject({ requests: 0, costNanoUsd: 0n });
  });

  test("times are the same instants for Prisma and for the database's own clock", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const before = Date.now();
    const requestId = await admitOne(db, payer);
    const createdAt = (await getRequest(db, id, requestId))?.createdAt.getTime() ?? 0;
    expect(Math.abs(createdAt - before)).toBeLessThan(60_000);
  });
});

describe("usage on PostgreSQL", () => {
  test("times are right on a server whose time zone is not UTC", async () => {
    const role = `kolkata_${newId("acc")}`;
    const admin = new pg.Client(postgresUrl());
    await admin.connect();
    await admin.query(`CREATE ROLE ${role} LOGIN SUPERUSER`);
    await admin.query(`ALTER ROLE ${role} SET timezone = 'Asia/Kolkata'`);
    const url = new URL(postgresUrl());
    url.username = role;
    const db = connectDb(url.href, { poolSize: 2 });
    try {
      const { id } = await createTestAccount(db);
      const { payer } = await createPayer(db, id);
      const now = new Date("2026-05-05T10:00:00.123Z");
      const given = await admitOne(db, payer, { now });
      expect((await getRequest(db, id, given))?.createdAt).toEqual(now);
      const byClock = await admitOne(db, payer);
      const createdAt = (await getRequest(db, id, byClock))?.createdAt.getTime() ?? 0;
      expect(Math.abs(createdAt - Date.now())).toBeLessThan(60_000);
    } finally {
      await db.$disconnect();
      await admin.query(`DROP ROLE ${role}`);
      await admin.end();
    }
  });

  test("a page of requests is read from its index, in order, without a sort", async () => {
    const sent: { query: string; params: string }[] = [];
    const logged = new PrismaClient({
      adapter: new PrismaPg({ connectionString: postgresUrl() }),
      log: [{ emit: "event", level: "query" }],
    });
    const plain = new pg.Client(postgresUrl());
    await plain.connect();
    try {
      const { id } = await createTestAccount(logged);
      const requests = Array.from({ length: 2000 }, (_, index) => ({
        id: newId("req"),
        accountId: id,
        source: "api" as const,
        model: "moonshot/kimi-k2.6",
        endpoint: "/v1/responses",
        stream: true,
        status: "succeeded" as const,
        inputPrice: 950,
        cachedInputPrice: 95,
        outputPrice: 4000,
        processId: "proc_test",
        createdAt: new Date(Date.UTC(2026, 0, 1) + index * 1000),
      }));
      await logged.request.createMany({ data: requests });
      await plain.query("ANALYZE requests");
      logged.$on("query", (event) => sent.push(event));
      const first = await listRequests(logged, id, { limit: 20 });
      await listRequests(logged, id, { limit: 20, after: first.nextCursor ?? "" });
      expect(sent).toHaveLength(2);
      for (const { query, params } of sent) {
        const plan = await plain.query<{ "QUERY PLAN": string }>(`EXPLAIN ${query}`, JSON.parse(params));
        const text = plan.rows.map((row) => row["QUERY PLAN"]).join("\n");
        expect(text).toContain("requests_account_id_created_at_id_idx");
        expect(text).not.toMatch(/Sort|Seq Scan/);
      }
    } finally {
      await plain.end();
      await logged.$disconnect();
    }
  });
});
