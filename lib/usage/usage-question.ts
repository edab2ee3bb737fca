import { z } from "zod";
import { quarterAt } from "./roll-up-plan.ts";
import { settledStatuses } from "./settlement.ts";
import type { UsageFigures } from "./usage-figures.ts";
import type { UsageFilter, UsageRange } from "./usage-filter.ts";
import { addDays, localDayOf, startOfLocalDay, startOfMonth } from "./zoned-buckets.ts";

export const usageRanges = ["24h", "7d", "30d", "90d", "month", "last-month", "custom"] as const;
export type UsageRangeName = (typeof usageRanges)[number];

/** What a chart is stacked by; `kind` is the kinds of tokens, `account` for the whole installation only. */
export const usageStacks = ["model", "key", "source", "tag", "kind", "account"] as const;
export type UsageStack = (typeof usageStacks)[number];

export const usageMeasures = ["spend", "tokens", "requests"] as const;
export type UsageMeasure = (typeof usageMeasures)[number];

const dayMs = 86_400_000;
const firstDay = "2000-01-01";
const mostDays = 3660;

const day = z.iso.date();
const moment = z.iso.datetime();
const listOf = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .preprocess((value) => (typeof value === "string" ? [value] : value), z.array(item).max(50).optional())
    .catch(undefined);
const word = z.string().max(200);

/** A question about usage as it stands in a URL; what is not understood is as if it were left out. */
const paramsSchema = z.object({
  range: z.enum(usageRanges).catch("30d"),
  from: z.union([day, moment]).optional().catch(undefined),
  to: z.union([day, moment]).optional().catch(undefined),
  account: listOf(word),
  key: listOf(word),
  model: listOf(word),
  source: listOf(z.enum(["api", "chat"])),
  tag: listOf(word),
  status: listOf(z.enum(settledStatuses)),
  error: listOf(word),
  by: z.enum(usageStacks).catch("model"),
  show: z.enum(usageMeasures).catch("spend"),
  cumulative: z.literal("1").optional().catch(undefined),
});

export interface UsageQuestion {
  rangeName: UsageRangeName;
  range: UsageRange;
  /** The period before, as long. */
  before: UsageRange;
  timeZone: string;
  filter: UsageFilter;
  by: UsageStack;
  show: UsageMeasure;
  cumulative: boolean;
}

/** Reads a question from a URL's parameters, for a viewer in a time zone. */
export function readUsageQuestion(
  params: Record<string, string | string[] | undefined>,
  { now, timeZone }: { now: Date; timeZone: string },
): UsageQuestion {
  const { range: asked, from, to, by, show, cumulative, ...filter } = paramsSchema.parse(params);
  const custom = asked === "custom" ? customRange(from, to, timeZone) : null;
  const rangeName = asked === "custom" && !custom ? "30d" : asked;
  const { range, before } = custom ?? presetRange(rangeName, now, timeZone);
  return {
    rangeName,
    range,
    before,
    timeZone,
    filter: withoutMissing(filter),
    by,
    show,
    cumulative: cumulative === "1",
  };
}

function withoutMissing(filter: { [Name in keyof UsageFilter]: UsageFilter[Name] | undefined }): UsageFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([, values]) => values !== undefined && values.length > 0),
  );
}

interface Ranges {
  range: UsageRange;
  before: UsageRange;
}

function presetRange(name: UsageRangeName, now: Date, timeZone: string): Ranges {
  if (name === "24h") {
    const to = new Date(quarterAt(now).getTime() + 900_000);
    return withDurationBefore({ from: new Date(to.getTime() - dayMs), to });
  }
  const today = localDayOf(now, timeZone);
  if (name === "month") {
    const first = startOfMonth(today);
    const days = daysBetween(first, today) + 1;
    const earlier = startOfMonth(today, -1);
    const earlierEnd = addDays(earlier, days);
    return {
      range: rangeOfDays(first, today, timeZone),
      before: rangeOfDays(earlier, addDays([earlierEnd, first].toSorted()[0] ?? first, -1), timeZone),
    };
  }
  if (name === "last-month") {
    const [first, earlier] = [startOfMonth(today, -1), startOfMonth(today, -2)];
    return {
      range: rangeOfDays(first, addDays(startOfMonth(today), -1), timeZone),
      before: rangeOfDays(earlier, addDays(first, -1), timeZone),
    };
  }
  const days = name === "7d" ? 7 : name === "90d" ? 90 : 30;
  return withDaysBefore(addDays(today, 1 - days), today, timeZone);
}

function customRange(from: string | undefined, to: string | undefined, timeZone: string): Ranges | null {
  if (from === undefined || to === undefined || from < firstDay) return null;
  if (from.length === 10 && to.length === 10) {
    if (to < from || daysBetween(from, to) > mostDays) return null;
    return withDaysBefore(from, to, timeZone);
  }
  const range = {
    from: from.length === 10 ? startOfLocalDay(from, timeZone) : quarterAt(new Date(from)),
    to: to.length === 10 ? startOfLocalDay(addDays(to, 1), timeZone) : quarterAt(new Date(to)),
  };
  const durationMs = range.to.getTime() - range.from.getTime();
  return durationMs > 0 && durationMs <= mostDays * dayMs ? withDurationBefore(range) : null;
}

/** Both days belong to it. */
function rangeOfDays(first: string, last: string, timeZone: string): UsageRange {
  return { from: startOfLocalDay(first, timeZone), to: startOfLocalDay(addDays(last, 1), timeZone) };
}

function withDaysBefore(first: string, last: string, timeZone: string): Ranges {
  const days = daysBetween(first, last) + 1;
  return {
    range: rangeOfDays(first, last, timeZone),
    before: rangeOfDays(addDays(first, -days), addDays(first, -1), timeZone),
  };
}

function withDurationBefore(range: UsageRange): Ranges {
  const durationMs = range.to.getTime() - range.from.getTime();
  return { range, before: { from: new Date(range.from.getTime() - durationMs), to: range.from } };
}

function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / dayMs);
}

/** What a measure shows of figures: nano-USD, tokens or requests. */
export function measureOf(figures: UsageFigures, measure: UsageMeasure): bigint {
  if (measure === "spend") return figures.costNanoUsd;
  return measure === "requests" ? figures.requests : figures.promptTokens + figures.completionTokens;
}
