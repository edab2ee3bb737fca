import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { settle } from "#lib/usage/store/settlement.ts";
import { reportUsage } from "#lib/usage/store/usage-report.ts";
import {
  bucketAt,
  bucketWidths,
  listBuckets,
  type UsageGroup,
  usageGroups,
} from "#lib/usage/usage-buckets.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { admitOne, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";

const start = Date.UTC(2026, 0, 30);
const tags = ["", "nightly", "team a"];
const models = ["moonshot/kimi-k2.6", "other/model"];

describe.each(databases)("the usage report on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  test("is the sum of the requests, whatever it is grouped by, in every width", async () => {
    const { id: accountId } = await createTestAccount(db, { plan: "paid" });
    const first = await createPayer(db, accountId);
    const second = await createPayer(db, accountId);
    const payers = [first.payer, second.payer, { kind: "account", accountId } as const];
    for (let index = 0; index < 60; index += 1) {
      const requestId = await admitOne(db, payers[index % 3] ?? first.payer, {
        now: new Date(start + index * 7_777_777),
        tag: tags[(index >> 1) % 3] ?? "",
        model: models[(index >> 2) % 2] ?? "",
      });
      const usage = {
        promptTokens: index * 7,
        cachedTokens: index,
        completionTokens: index * 3,
        reasoningTokens: index,
      };
      await settle(db, requestId, outcomeOf({ usage, status: index % 5 ? "succeeded" : "failed" }));
    }
    const rows = await db.request.findMany({ where: { accountId } });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bucketWidths),
        fc.subarray<UsageGroup>([...usageGroups]),
        fc.integer({ min: -1, max: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (width, groupBy, fromDay, days) => {
          const from = new Date(start + fromDay * 86_400_000 + 1234);
          const to = new Date(from.getTime() + days * 86_400_000);
          const buckets = listBuckets({ from, to }, width, 1000);
          const filled = await reportUsage(db, accountId, { buckets, groupBy, maxResults: 10_000 });
          const seen = new Map<string, unknown>();
          for (const bucket of filled ?? []) {
            for (const { model, keyId, source, tag, ...sums } of bucket.results) {
              seen.set(JSON.stringify([bucket.start, model, keyId, source, tag]), sums);
            }
          }
          expect(seen).toEqual(sumsOf(rows, { width, groupBy, buckets }));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("is empty for another account, and not given beyond its bound", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    for (const tag of ["a", "b", "c"]) {
      const requestId = await admitOne(db, payer, { tag, now: new Date(start) });
      await settle(db, requestId, outcomeOf());
    }
    const buckets = [bucketAt(new Date(start), "1d")];
    const stranger = await createTestAccount(db);
    const query = { buckets, groupBy: ["tag"] as const, maxResults: 3 };
    expect(await reportUsage(db, stranger.id, query)).toEqual([{ ...buckets[0], results: [] }]);
    expect((await reportUsage(db, id, query))?.[0]?.results.map(({ tag }) => tag)).toEqual(["a", "b", "c"]);
    expect(await reportUsage(db, id, { ...query, maxResults: 2 })).toBeNull();
  });
});

type Row = Awaited<ReturnType<ReturnType<typeof openTestDb>["request"]["findMany"]>>[number];
type Query = {
  width: (typeof bucketWidths)[number];
  groupBy: readonly UsageGroup[];
  buckets: { start: Date; end: Date }[];
};

/** The same sums, from the rows and by the plainest way. */
function sumsOf(rows: readonly Row[], { width, groupBy, buckets }: Query): Map<string, unknown> {
  const [from, to] = [buckets[0]?.start ?? new Date(0), buckets.at(-1)?.end ?? new Date(0)];
  const inside = rows.filter(({ createdAt }) => createdAt >= from && createdAt < to);
  const groups = Map.groupBy(inside, (row) =>
    JSON.stringify([
      bucketAt(row.createdAt, width).start,
      groupBy.includes("model") ? row.model : null,
      groupBy.includes("key") ? row.keyId : null,
      groupBy.includes("source") ? row.source : null,
      groupBy.includes("tag") ? row.tag : null,
    ]),
  );
  const add = (group: Row[], value: (row: Row) => number | bigint) =>
    group.reduce((sum, row) => sum + BigInt(value(row)), 0n);
  return new Map(
    [...groups].map(([name, group]) => [
      name,
      {
        requests: BigInt(group.length),
        failures: add(group, (row) => (row.status === "succeeded" ? 0 : 1)),
        promptTokens: add(group, (row) => row.promptTokens),
        cachedTokens: add(group, (row) => row.cachedTokens),
        completionTokens: add(group, (row) => row.completionTokens),
        reasoningTokens: add(group, (row) => row.reasoningTokens),
        costNanoUsd: add(group, (row) => row.costNanoUsd),
      },
    ]),
  );
}
