import type { Db } from "#lib/db/client.ts";
import { readPanels } from "#lib/usage/store/usage-panels.ts";
import { readUsage, sumBuckets } from "#lib/usage/store/usage-sums.ts";
import type { UsageScope } from "#lib/usage/usage-filter.ts";
import { readUsageQuestion } from "#lib/usage/usage-question.ts";
import { busiest } from "./seed.ts";

type Params = Record<string, string | string[]>;

const account: UsageScope = { kind: "account", accountId: busiest };
const installation: UsageScope = { kind: "installation" };
const ranges = ["24h", "7d", "30d", "90d"];

const cases: readonly { name: string; scope: UsageScope; params: Params }[] = [
  ...["model", "key", "source", "tag"].map((by) => ({
    name: `account, by ${by}`,
    scope: account,
    params: { by },
  })),
  { name: "account, one key, by model", scope: account, params: { key: "key_bench_0_3" } },
  { name: "account, one tag, by key", scope: account, params: { tag: "nightly", by: "key" } },
  { name: "account, failed, by key", scope: account, params: { status: "failed", by: "key" } },
  ...["model", "source", "account", "key", "tag"].map((by) => ({
    name: `installation, by ${by}`,
    scope: installation,
    params: { by },
  })),
  { name: "installation, failed, by model", scope: installation, params: { status: "failed" } },
  { name: "installation, one tag, by model", scope: installation, params: { tag: "nightly" } },
  {
    name: "installation, one key and the chat, by key",
    scope: installation,
    params: { key: ["key_bench_7_3", "chat"], by: "key" },
  },
  { name: "installation, one tag, by key", scope: installation, params: { tag: "nightly", by: "key" } },
];

export interface PanelTime {
  name: string;
  range: string;
  timeZone: string;
  /** Of the slowest query of the page, in milliseconds. */
  p50: number;
  p95: number;
  /** Of all its queries together. */
  pageP50: number;
}

/** Times each query of the page, asked in full, once warm. */
export async function measurePanels(
  db: Db,
  { rounds, timeZone }: { rounds: number; timeZone: string },
): Promise<PanelTime[]> {
  const times: PanelTime[] = [];
  for (const { name, scope, params } of cases) {
    for (const range of ranges) {
      const question = readUsageQuestion({ ...params, range }, { now: new Date(), timeZone });
      const queries: number[][] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const taken = await readUsage(db, scope, question.filter, async (reader) => {
          const each: number[] = [];
          const query = async <Row extends object>(sql: string, values?: unknown[]): Promise<Row[]> => {
            const begin = performance.now();
            const rows = await reader.query<Row>(sql, values);
            each.push(performance.now() - begin);
            return rows;
          };
          await readPanels({ ...reader, query }, question);
          // What the menus of the filters offer.
          const offered = scope.kind === "account" ? (["key", "model", "tag"] as const) : (["tag"] as const);
          await sumBuckets(
            { ...reader, query, filter: {} },
            [question.range.from, question.range.to],
            offered,
          );
          return each;
        });
        if (round > 0) queries.push(taken);
      }
      const places = queries[0]?.map((_, place) => queries.map((taken) => taken[place] ?? 0)) ?? [];
      times.push({
        name,
        range,
        timeZone,
        p50: Math.max(...places.map((taken) => quantile(taken, 0.5))),
        p95: Math.max(...places.map((taken) => quantile(taken, 0.95))),
        pageP50: quantile(
          queries.map((taken) => taken.reduce((sum, ms) => sum + ms, 0)),
          0.5,
        ),
      });
    }
  }
  return times;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
