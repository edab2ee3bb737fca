import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { connectDb, type Db } from "#lib/db/client.ts";
import { PrismaClient } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { getQuotaToday } from "#lib/usage/store/reports.ts";
import { getRequest, listRequests, listRequestsByIds } from "#lib/usage/store/requests.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { exportRequests } from "#lib/usage/store/usage-export.ts";
import { getUsagePanels } from "#lib/usage/store/usage-panels.ts";
import { readUsageQuestion } from "#lib/usage/usage-question.ts";
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

  test("paging meets every request once, newest first, also within one millisecond", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const times = ["2026-05-05T10:00:00.000Z", "2026-05-05T10:00:00.001Z", "2026-05-05T10:00:00.001Z"];
    const ids: string[] = [];
    for (let index = 0; index < 11; index += 1) {
      const chat: Payer = { kind: "account", accountId: id };
      ids.push(await meter(db, index % 2 ? chat : payer, times[index % 3] ?? ""));
    }
    const readAll = async () => {
      const read: string[] = [];
      let after: string | null = null;
      do {
        const page = await listRequests(db, id, {
          limit: 2,
          ...(after === null ? {} : { after }),
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
    const params = { range: "custom", from: "2026-05-05", to: "2026-05-05" };
    const question = readUsageQuestion(params, { now: new Date(), timeZone: "UTC" });
    const panels = await getUsagePanels(db, { kind: "account", accountId: other.id }, question);
    expect(panels.current.figures).toMatchObject({ requests: 0n, costNanoUsd: 0n });
    expect(panels.breakdown).toEqual([]);
    const exported: string[] = [];
    for await (const _ of exportRequests(db, other.id, question)(({ id }) => exported.push(id)));
    expect(exported).toEqual([]);
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
      // As it is planned for its own values, and as it is once its plan is kept for any.
      await plain.query("SET plan_cache_mode = force_generic_plan");
      for (const [index, { query, params }] of sent.entries()) {
        const values: (string | number)[] = JSON.parse(params);
        await plain.query(`PREPARE page_${index} AS ${query}`);
        const literals = values.map((value) => plain.escapeLiteral(String(value))).join(", ");
        for (const { text, given } of [
          { text: `EXPLAIN ${query}`, given: values },
          { text: `EXPLAIN EXECUTE page_${index}(${literals})`, given: [] },
        ]) {
          const { rows } = await plain.query<{ "QUERY PLAN": string }>(text, given);
          const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
          expect(plan).toContain("requests_account_id_created_at_id_idx");
          expect(plan).not.toMatch(/Sort|Seq Scan/);
        }
      }
    } finally {
      await plain.end();
      await logged.$disconnect();
    }
  });
});
