import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import type { Request } from "#lib/db/generated/client.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { stretchesOf } from "#lib/usage/log-histogram.ts";
import { settledStatuses } from "#lib/usage/settlement.ts";
import { makeBlocks } from "#lib/usage/store/blocks.ts";
import { getLogHistogram } from "#lib/usage/store/log-histogram.ts";
import { listLog } from "#lib/usage/store/request-log.ts";
import { settleBatch } from "#lib/usage/store/settlement.ts";
import { type ExportedRequest, exportRequests } from "#lib/usage/store/usage-export.ts";
import { getUsagePanels } from "#lib/usage/store/usage-panels.ts";
import { reportUsage } from "#lib/usage/store/usage-report.ts";
import { bucketWidths, listBuckets } from "#lib/usage/usage-buckets.ts";
import { addFigures, noFigures, type UsageFigures } from "#lib/usage/usage-figures.ts";
import type { UsageFilter, UsageScope } from "#lib/usage/usage-filter.ts";
import { readUsageQuestion, type UsageQuestion, usageStacks } from "#lib/usage/usage-question.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { admitOne, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";

const hourMs = 3_600_000;
/** Around the clock changes of Europe, North America and Australia. */
const starts = [Date.UTC(2026, 2, 5), Date.UTC(2026, 2, 26), Date.UTC(2026, 9, 1), Date.UTC(2026, 9, 22)];
const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
];
const tags = ["", "nightly"];
const models = ["moonshot/kimi-k2.6", "other/model"];

const aRequest = fc.record({
  minute: fc.nat(60 * 24 * 12),
  payer: fc.nat(2),
  tag: fc.nat(1),
  model: fc.nat(1),
  status: fc.constantFrom(...settledStatuses),
  promptTokens: fc.nat(250_000),
  cachedShare: fc.double({ min: 0, max: 1, noNaN: true }),
  completionTokens: fc.nat(30_000),
  price: fc.nat(100_000),
  estimated: fc.boolean(),
});
type ARequest = typeof aRequest extends fc.Arbitrary<infer T> ? T : never;

const aQuestion = fc.record({
  timeZone: fc.constantFrom(...zones),
  fromDay: fc.integer({ min: -1, max: 11 }),
  days: fc.integer({ min: 1, max: 13 }),
  instants: fc.boolean(),
  by: fc.constantFrom(...usageStacks.filter((stack) => stack !== "account")),
  filter: fc.constantFrom<UsageFilter>(
    {},
    {},
    { model: ["other/model"] },
    { source: ["api"] },
    { tag: [""] },
    { status: ["failed", "aborted"] },
    { error: ["upstream_error"] },
    { key: ["chat"], tag: ["nightly"] },
  ),
  width: fc.constantFrom(...bucketWidths),
});

async function meter(
  db: Db,
  start: number,
  payers: readonly Payer[],
  requests: readonly ARequest[],
): Promise<void> {
  const settlements = await Promise.all(
    requests.map(async (request) => {
      const payer = payers[request.payer];
      if (!payer) throw new Error("No payer.");
      const requestId = await admitOne(db, payer, {
        now: new Date(start + request.minute * 60_000 + 999),
        tag: tags[request.tag] ?? "",
        model: models[request.model] ?? "",
        prices: {
          inputNanoUsd: request.price,
          cachedInputNanoUsd: request.price >> 2,
          outputNanoUsd: 2 * request.price,
        },
      });
      const usage = {
        promptTokens: request.promptTokens,
        cachedTokens: Math.floor(request.promptTokens * request.cachedShare),
        completionTokens: request.completionTokens,
        reasoningTokens: request.completionTokens >> 1,
      };
      const { status, estimated } = request;
      const errorCode = status === "failed" ? "upstream_error" : null;
      return { requestId, outcome: outcomeOf({ status, errorCode, usage, estimated }) };
    }),
  );
  await settleBatch(db, settlements);
}

function figuresOf(row: Request): UsageFigures {
  return {
    requests: 1n,
    failures: row.status === "succeeded" ? 0n : 1n,
    estimated: row.estimated ? 1n : 0n,
    promptTokens: BigInt(row.promptTokens),
    cachedTokens: BigInt(row.cachedTokens),
    completionTokens: BigInt(row.completionTokens),
    reasoningTokens: BigInt(row.reasoningTokens),
    costNanoUsd: row.costNanoUsd,
    savedNanoUsd: BigInt(row.cachedTokens) * BigInt(row.inputPrice - row.cachedInputPrice),
  };
}

const sum = (rows: readonly Request[]) => rows.map(figuresOf).reduce(addFigures, noFigures);
const subjectOf = (row: Request) => row.keyId ?? "chat";

function isIn(row: Request, { from, to }: { from: Date; to: Date }, filter: UsageFilter = {}): boolean {
  const has = (wanted: readonly string[] | undefined, value: string) =>
    wanted === undefined || wanted.includes(value);
  return (
    row.createdAt >= from &&
    row.createdAt < to &&
    has(filter.key, subjectOf(row)) &&
    has(filter.model, row.model) &&
    has(filter.source, row.source) &&
    has(filter.tag, row.tag) &&
    has(filter.status, row.status) &&
    has(filter.error, row.errorCode ?? "")
  );
}

describe.each(databases)("usage on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  test("tiles, series, breakdown, export and /v1/usage are the sum of the rows, and the log has each of them, in every range, zone and filter", {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        fc.array(aRequest, { minLength: 10, maxLength: 60 }),
        fc.array(aRequest, { maxLength: 6 }),
        fc.array(aQuestion, { minLength: 4, maxLength: 6 }),
        fc.nat(24 * 12),
        async (start, requests, late, questions, blocksTo) => {
          const { id: accountId } = await createTestAccount(db, { plan: "paid" });
          const keys = [await createPayer(db, accountId), await createPayer(db, accountId)];
          const payers: Payer[] = [...keys.map(({ payer }) => payer), { kind: "account", accountId }];
          await meter(db, start, payers, requests);
          await rollUp(db, new Date(start + blocksTo * hourMs));
          await meter(db, start, payers, late);
          if (late.length > 3) await rollUp(db, new Date(start + 30 * 24 * hourMs));
          const rows = await db.request.findMany({ where: { accountId } });
          for (const question of questions) await checkQuestion(db, accountId, { start, rows, ...question });
        },
      ),
      { numRuns: 8 },
    );
  });

  test("the panels of the installation are those of its accounts together", async () => {
    const start = Date.UTC(2027, 4, 1);
    const accounts = await Promise.all([createTestAccount(db), createTestAccount(db)]);
    const requests = fc.sample(fc.array(aRequest, { minLength: 30, maxLength: 30 }), { numRuns: 2, seed: 7 });
    const keyIds: string[] = [];
    for (const [index, { id: accountId }] of accounts.entries()) {
      const { payer, keyId } = await createPayer(db, accountId);
      keyIds.push(keyId);
      await meter(db, start, [payer, payer, { kind: "account", accountId }], requests[index] ?? []);
    }
    const rows = await db.request.findMany({
      where: { createdAt: { gte: new Date(start), lt: new Date(start + 14 * 24 * hourMs) } },
    });
    for (const until of [start, start + 100 * hourMs, start + 400 * hourMs]) {
      await rollUp(db, new Date(until));
      for (const timeZone of ["Europe/Berlin", "Asia/Kolkata"]) {
        const [key = ""] = keyIds;
        for (const [by, filter] of [
          ["model", {}],
          ["account", {}],
          ["key", {}],
          ["tag", {}],
          ["key", { key: [key, "chat"] }],
          ["account", { key: keyIds }],
          ["tag", { key: ["chat"], status: ["failed"] }],
          ["key", { tag: ["nightly"], source: ["api"] }],
          ["account", { status: ["failed", "aborted"] }],
          ["key", { status: ["succeeded", "aborted"] }],
        ] satisfies ["model" | "account" | "key" | "tag", UsageFilter][]) {
          const params = { range: "custom", from: "2027-05-01", to: "2027-05-20", by, ...copyOf(filter) };
          const question = readUsageQuestion(params, { now: new Date(), timeZone });
          const panels = await getUsagePanels(db, { kind: "installation" }, question);
          const inRange = rows.filter((row) => isIn(row, question.range, filter));
          expect(panels.current.figures).toEqual(sum(inRange));
          expect(panels.series.totals.reduce(addFigures, noFigures)).toEqual(sum(inRange));
          const valueIn = {
            model: (row: Request) => row.model,
            account: (row: Request) => row.accountId,
            key: subjectOf,
            tag: (row: Request) => row.tag,
          }[by];
          expect(new Set(panels.breakdown.map(({ value }) => value))).toEqual(new Set(inRange.map(valueIn)));
          for (const { value, figures } of panels.breakdown) {
            expect(figures).toEqual(sum(inRange.filter((row) => valueIn(row) === value)));
          }
          for (const { value, figures } of panels.series.groups) {
            expect(figures.reduce(addFigures, noFigures)).toEqual(
              sum(inRange.filter((row) => valueIn(row) === value)),
            );
          }
        }
      }
    }
  });
});

async function rollUp(db: Db, to: Date): Promise<void> {
  while ((await makeBlocks(db, to)).moved) {
    // Until nothing is left to do.
  }
}

interface Check {
  start: number;
  rows: readonly Request[];
  timeZone: string;
  fromDay: number;
  days: number;
  instants: boolean;
  by: (typeof usageStacks)[number];
  filter: UsageFilter;
  width: (typeof bucketWidths)[number];
}

async function checkQuestion(db: Db, accountId: string, check: Check): Promise<void> {
  const { start, rows, filter, by, timeZone } = check;
  const fromMs = start + check.fromDay * 24 * hourMs;
  const toMs = fromMs + check.days * 24 * hourMs;
  const text = (ms: number) =>
    check.instants
      ? new Date(ms + 7 * hourMs + 900_000).toISOString()
      : new Date(ms).toISOString().slice(0, 10);
  const params = { range: "custom", from: text(fromMs), to: text(toMs), by, ...copyOf(filter) };
  const question = readUsageQuestion(params, { now: new Date(start), timeZone });
  expect(question).toMatchObject({ rangeName: "custom", filter });
  const scope: UsageScope = { kind: "account", accountId };
  const { current, before, series, breakdown } = await getUsagePanels(db, scope, question);
  const inRange = rows.filter((row) => isIn(row, question.range, filter));

  expect(current.figures).toEqual(sum(inRange));
  expect(before.figures).toEqual(sum(rows.filter((row) => isIn(row, question.before, filter))));
  const buckets = series.edges.slice(1).map((to, place) => ({ from: series.edges[place] ?? to, to }));
  const inBuckets = buckets.map((bucket) => inRange.filter((row) => isIn(row, bucket)));
  expect(series.totals).toEqual(inBuckets.map(sum));
  const subjectIn = (row: Request) =>
    by === "key" ? subjectOf(row) : by === "tag" ? row.tag : by === "source" ? row.source : row.model;
  expect(new Map(breakdown.map(({ value, figures }) => [value, figures]))).toEqual(
    new Map([...Map.groupBy(inRange, subjectIn)].map(([value, ofValue]) => [value, sum(ofValue)])),
  );
  for (const { value, figures } of series.groups) {
    expect(figures).toEqual(
      inBuckets.map((ofBucket) => sum(ofBucket.filter((row) => subjectIn(row) === value))),
    );
  }
  if (by !== "kind") expect(series.other).toBeNull();
  const errors = series.errors.flatMap(({ requests }) => requests).reduce((all, count) => all + count, 0n);
  expect(errors).toBe(sum(inRange).failures);

  const exported: ExportedRequest[] = [];
  for await (const _ of exportRequests(db, accountId, question)((request) => exported.push(request)));
  expect(exported.map(({ id }) => id).toSorted()).toEqual(inRange.map(({ id }) => id).toSorted());
  expect(exported.reduce((all, { costNanoUsd }) => all + BigInt(costNanoUsd), 0n)).toBe(
    sum(inRange).costNanoUsd,
  );
  expect(exported.reduce((all, { savedNanoUsd }) => all + BigInt(savedNanoUsd), 0n)).toBe(
    sum(inRange).savedNanoUsd,
  );
  await checkLog(db, accountId, question, inBuckets);
  await checkReport(db, accountId, { ...check, range: question.range });
}

/** The log's histogram and its pages, whatever the roll-ups they are found by are made of. */
async function checkLog(
  db: Db,
  accountId: string,
  question: UsageQuestion,
  inBuckets: readonly Request[][],
): Promise<void> {
  const histogram = await getLogHistogram(db, { kind: "account", accountId }, question);
  for (const { status, counts } of histogram.byStatus) {
    expect(counts).toEqual(inBuckets.map((rows) => rows.filter((row) => row.status === status).length));
  }
  const statuses = new Set(inBuckets.flat().map(({ status }) => status));
  expect(new Set(histogram.byStatus.map(({ status }) => status))).toEqual(statuses);
  const listed: string[] = [];
  const stretches = stretchesOf(histogram, new Date());
  let after: string | undefined;
  do {
    const page = await listLog(
      db,
      { kind: "account", accountId },
      { limit: 7, after, filter: question.filter, stretches },
    );
    listed.push(...page.requests.map(({ createdAt, id }) => `${createdAt} ${id}`));
    after = page.nextCursor ?? undefined;
  } while (after !== undefined);
  const expected = inBuckets.flat().map(({ createdAt, id }) => `${createdAt.toISOString()} ${id}`);
  expect(listed).toEqual(expected.toSorted().toReversed());
}

/** What `/v1/usage` gives is by UTC hours, days and months. */
async function checkReport(
  db: Db,
  accountId: string,
  { rows, range, width }: Check & { range: { from: Date; to: Date } },
): Promise<void> {
  const buckets = listBuckets(range, width, 10_000);
  const filled = await reportUsage(db, accountId, {
    buckets,
    groupBy: ["model", "key"],
    maxResults: 100_000,
  });
  for (const { start, end, results } of filled ?? []) {
    const inBucket = rows.filter((row) => isIn(row, { from: start, to: end }));
    expect(results.reduce((all, { costNanoUsd }) => all + costNanoUsd, 0n)).toBe(sum(inBucket).costNanoUsd);
    expect(results.reduce((all, { requests }) => all + requests, 0n)).toBe(sum(inBucket).requests);
  }
  expect(filled).toHaveLength(buckets.length);
}

function copyOf(filter: UsageFilter): Record<string, string[]> {
  return Object.fromEntries(Object.entries(filter).map(([name, values]) => [name, [...(values ?? [])]]));
}
