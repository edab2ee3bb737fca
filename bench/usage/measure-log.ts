import type { Db } from "#lib/db/client.ts";
import { stretchesOf } from "#lib/usage/log-histogram.ts";
import { getLogHistogram } from "#lib/usage/store/log-histogram.ts";
import { narrowStretches } from "#lib/usage/store/narrow-stretches.ts";
import { findLogged, listLog, readLogTail } from "#lib/usage/store/request-log.ts";
import type { UsageFilter, UsageScope } from "#lib/usage/usage-filter.ts";
import { readUsageQuestion } from "#lib/usage/usage-question.ts";
import { quantile } from "./measure-panels.ts";
import { busiest } from "./seed.ts";

const cases: readonly { name: string; filter: UsageFilter }[] = [
  { name: "everything", filter: {} },
  { name: "one key", filter: { key: ["key_bench_0_3"] } },
  { name: "the chat", filter: { source: ["chat"] } },
  { name: "one model", filter: { model: ["other/model"] } },
  { name: "one tag", filter: { tag: ["nightly"] } },
  { name: "failed", filter: { status: ["failed"] } },
  { name: "one key, one error", filter: { key: ["key_bench_0_3"], error: ["upstream_timeout"] } },
  { name: "one tag, failed, chat", filter: { tag: ["staging"], status: ["failed"], source: ["chat"] } },
  { name: "nothing", filter: { error: ["no_such_error"] } },
];

/** How far into the range a page begins, from its newest end. */
const depths = [0, 0.5, 0.98];
const pageSize = 50;

export interface LogTime {
  name: string;
  depth: string;
  p50: number;
  p95: number;
}

/**
 * Times a page of the busiest account's log of 90 days, or of all accounts', at several depths and with several filters, the histogram
 * above it, a question of its tail, and a search by id.
 */
export async function measureLog(db: Db, scope: UsageScope, rounds: number): Promise<LogTime[]> {
  const now = new Date();
  const base = readUsageQuestion({ range: "90d" }, { now, timeZone: "Europe/Berlin" });
  const spanMs = base.range.to.getTime() - base.range.from.getTime();
  const times: LogTime[] = [];
  for (const { name, filter } of cases) {
    const histogram = () => getLogHistogram(db, scope, { ...base, filter });
    times.push({ name, depth: "histogram", ...(await timed(rounds, histogram)) });
    const counted = stretchesOf(await histogram(), now);
    for (const depth of depths) {
      const before = new Date(base.range.to.getTime() - Math.round(depth * spanMs));
      const ask = async () => {
        const asked = { filter, stretches: counted, before, wanted: pageSize + 1, now };
        const stretches = scope.kind === "account" ? counted : await narrowStretches(db, asked);
        return await listLog(db, scope, {
          limit: pageSize,
          after: `${before.getTime()}.req_zzzz`,
          filter,
          stretches,
        });
      };
      times.push({ name, depth: `${depth * 100} %`, ...(await timed(rounds, ask)) });
    }
    const since = new Date(now.getTime() - 10_000);
    const tail = () => readLogTail(db, scope, { since, watched: [], filter, limit: 100 });
    times.push({ name, depth: "tail", ...(await timed(rounds, tail)) });
  }
  const [found] = await db.request.findMany({ where: { accountId: busiest }, take: 1, skip: 1000 });
  const byId = () => findLogged(db, scope, found?.id ?? "");
  times.push({ name: "an id", depth: "search", ...(await timed(rounds, byId)) });
  return times;
}

async function timed(rounds: number, ask: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const begin = performance.now();
    await ask();
    if (round > 0) taken.push(performance.now() - begin);
  }
  return { p50: quantile(taken, 0.5), p95: quantile(taken, 0.95) };
}
