import type { Db } from "#lib/db/client.ts";
import { latencyQuantile } from "../latency.ts";
import { addFigures, noFigures, subtractFigures, type UsageFigures } from "../usage-figures.ts";
import { failingStatusesOf, type UsageDimension, type UsageRange, type UsageScope } from "../usage-filter.ts";
import type {
  BreakdownRow,
  LatencyQuantiles,
  UsagePanels,
  UsagePeriod,
  UsageSeries,
} from "../usage-panels.ts";
import { measureOf, type UsageQuestion } from "../usage-question.ts";
import { bucketEdges, widthFor } from "../zoned-buckets.ts";
import { countLatencies, readUsage, sumBuckets, type UsageReader, type UsageSum } from "./usage-sums.ts";

/** Values that a stacked chart tells apart; the rest are one. */
const topValues = 5;

/** A menu holds no more. */
const mostTags = 50;

/** The breakdown alone. */
export async function getBreakdown(
  db: Db,
  scope: UsageScope,
  question: UsageQuestion,
): Promise<BreakdownRow[]> {
  return await readUsage(db, scope, question.filter, (reader) => readBreakdown(reader, question));
}

/** All that the usage page shows of a scope, of one moment: tiles, series, errors, latencies and breakdown agree. */
export async function getUsagePanels(
  db: Db,
  scope: UsageScope,
  question: UsageQuestion,
): Promise<UsagePanels> {
  return await readUsage(db, scope, question.filter, (reader) => readPanels(reader, question));
}

/** The same through a reader. */
export async function readPanels(reader: UsageReader, question: UsageQuestion): Promise<UsagePanels> {
  const breakdown = await readBreakdown(reader, question);
  return {
    current: await readPeriod(reader, question.range),
    before: await readPeriod(reader, question.before),
    series: await readSeries(reader, question, breakdown),
    breakdown,
  };
}

/** The keys, models and tags that were used in a range, whatever it is filtered by. */
export async function listUsedValues(
  db: Db,
  scope: UsageScope,
  { from, to }: UsageRange,
): Promise<{ key: string[]; model: string[]; tag: string[] }> {
  return await readUsage(db, scope, {}, async (reader) => {
    const rows = await sumBuckets(reader, [from, to], ["key", "model", "tag"]);
    const at = (index: number) => [...new Set(rows.map(({ values }) => values[index] ?? ""))].toSorted();
    return { key: at(0), model: at(1), tag: at(2) };
  });
}

/** The tags that were used in a range, the dearest 50. */
export async function listUsedTags(db: Db, scope: UsageScope, { from, to }: UsageRange): Promise<string[]> {
  return await readUsage(db, scope, {}, async (reader) => {
    const rows = await sumBuckets(reader, [from, to], ["tag"]);
    return rows
      .toSorted((a, b) => compare(b.costNanoUsd, a.costNanoUsd))
      .slice(0, mostTags)
      .map(({ values: [tag = ""] }) => tag)
      .toSorted();
  });
}

async function readPeriod(reader: UsageReader, { from, to }: { from: Date; to: Date }): Promise<UsagePeriod> {
  const [figures = noFigures] = fill(await sumBuckets(reader, [from, to]), 1);
  const { firstToken, total } = await countLatencies(reader, [from, to]);
  return { figures, firstToken: quantiles(firstToken.get(0)), total: quantiles(total.get(0)) };
}

/** Kinds of tokens are columns, not values: their table is by model. */
function dimensionOf({ by }: UsageQuestion): UsageDimension {
  return by === "kind" ? "model" : by;
}

async function readBreakdown(reader: UsageReader, question: UsageQuestion): Promise<BreakdownRow[]> {
  const { from, to } = question.range;
  const rows = await sumBuckets(reader, [from, to], [dimensionOf(question)]);
  return rows
    .map(({ values: [value = ""], ...sum }) => ({ value, figures: figuresOf(sum) }))
    .toSorted(
      (a, b) =>
        compare(measureOf(b.figures, question.show), measureOf(a.figures, question.show)) ||
        (a.value < b.value ? -1 : 1),
    );
}

async function readSeries(
  reader: UsageReader,
  question: UsageQuestion,
  breakdown: readonly BreakdownRow[],
): Promise<UsageSeries> {
  const width = widthFor(question.range);
  const edges = bucketEdges(question.range, width, question.timeZone);
  const count = edges.length - 1;
  const totals = fill(await sumBuckets(reader, edges), count);
  const top = question.by === "kind" ? [] : breakdown.slice(0, topValues).map(({ value }) => value);
  const groups = await readGroups(reader, edges, dimensionOf(question), top);
  const stacked = groups.length > 0 && breakdown.length > groups.length;
  return {
    edges,
    width,
    totals,
    groups,
    other: stacked
      ? totals.map((total, place) =>
          groups.reduce((rest, { figures }) => subtractFigures(rest, figures[place] ?? noFigures), total),
        )
      : null,
    latencies: await readLatencies(reader, edges),
    errors: await readErrors(reader, edges),
  };
}

/** The dimension's filter, if there is one, holds the values already: they come from what it lets through. */
async function readGroups(
  reader: UsageReader,
  edges: readonly Date[],
  dimension: UsageDimension,
  top: readonly string[],
): Promise<UsageSeries["groups"]> {
  if (top.length === 0) return [];
  const rows = await sumBuckets({ ...reader, filter: { ...reader.filter, [dimension]: top } }, edges, [
    dimension,
  ]);
  const byValue = Map.groupBy(rows, ({ values: [value = ""] }) => value);
  return top.map((value) => ({ value, figures: fill(byValue.get(value) ?? [], edges.length - 1) }));
}

async function readLatencies(reader: UsageReader, edges: readonly Date[]): Promise<UsageSeries["latencies"]> {
  const { firstToken, total } = await countLatencies(reader, edges);
  return edges.slice(1).map((_, place) => ({
    firstToken: quantiles(firstToken.get(place)),
    total: quantiles(total.get(place)),
  }));
}

async function readErrors(reader: UsageReader, edges: readonly Date[]): Promise<UsageSeries["errors"]> {
  const status = failingStatusesOf(reader.filter);
  if (status.length === 0) return [];
  const rows = await sumBuckets({ ...reader, filter: { ...reader.filter, status } }, edges, [
    "status",
    "error",
  ]);
  const byCode = Map.groupBy(rows, ({ values: [state = "", code = ""] }) => `${state} ${code}`);
  return [...byCode.values()]
    .map((ofCode) => ({
      status: ofCode[0]?.values[0] ?? "",
      code: ofCode[0]?.values[1] ?? "",
      requests: fill(ofCode, edges.length - 1).map(({ requests }) => requests),
    }))
    .toSorted((a, b) => compare(sumOf(b.requests), sumOf(a.requests)) || (a.code < b.code ? -1 : 1));
}

function quantiles(counts: ReadonlyMap<number, number> = new Map()): LatencyQuantiles {
  return { p50: latencyQuantile(counts, 0.5), p95: latencyQuantile(counts, 0.95) };
}

/** The figures of each bucket, those without requests included. */
function fill(rows: readonly UsageSum[], count: number): UsageFigures[] {
  const filled: UsageFigures[] = Array.from({ length: count }, () => noFigures);
  for (const { place, values: _, ...figures } of rows) {
    filled[place] = addFigures(filled[place] ?? noFigures, figures);
  }
  return filled;
}

function figuresOf({ place: _, ...figures }: Omit<UsageSum, "values">): UsageFigures {
  return figures;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}
