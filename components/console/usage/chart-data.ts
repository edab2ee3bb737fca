import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import type { UsageFigures } from "#lib/usage/usage-figures.ts";
import { measureOf, type UsageMeasure } from "#lib/usage/usage-question.ts";
import type { ZonedWidth } from "#lib/usage/zoned-buckets.ts";
import type { UsageFormat } from "./format-usage.ts";

/** What the numbers of a chart are: nano-USD, things counted, or milliseconds. */
export type ChartUnit = "money" | "count" | "ms";

/** One layer or line. With a way it is also a filter. */
export interface ChartSeries {
  name: string;
  /** From 1 to 6. */
  color: number;
  /** A bucket each; null where there is nothing to tell. */
  values: readonly (number | null)[];
  href?: string | undefined;
}

export interface ChartBucket {
  /** Short, for the axis. */
  label: string;
  /** In full. */
  title: string;
  from: string;
  to: string;
}

export const unitOf: Record<UsageMeasure, ChartUnit> = { spend: "money", tokens: "count", requests: "count" };

export function formatValue(value: number, unit: ChartUnit, format: UsageFormat): string {
  if (unit === "money") return formatMoneyExact(BigInt(Math.round(value)));
  return unit === "ms" ? format.ms(value) : format.count(value);
}

/** The same for an axis, where there is little room. */
export function formatTick(value: number, unit: ChartUnit, format: UsageFormat): string {
  if (unit === "money") return formatMoney(BigInt(Math.round(value)));
  return unit === "ms" ? format.ms(value) : format.short(value);
}

export function valuesOf(
  figures: readonly UsageFigures[],
  measure: UsageMeasure,
  cumulative: boolean,
): number[] {
  return cumulate(
    figures.map((each) => measureOf(each, measure)),
    cumulative,
  ).map(Number);
}

export function cumulate(values: readonly bigint[], cumulative: boolean): readonly bigint[] {
  if (!cumulative) return values;
  let sum = 0n;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/** Of lines every other one is dashed, so that two of one colour are told apart. */
export function isDashed(index: number): boolean {
  return index % 2 === 1;
}

/** How buckets are called in the viewer's zone and language. */
export function bucketsOf(
  edges: readonly Date[],
  width: ZonedWidth,
  { timeZone, locale }: { timeZone: string; locale: string },
): ChartBucket[] {
  const daily = width === "day" || width === "week";
  const day = { day: "numeric", month: "short", timeZone } as const;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  const short = new Intl.DateTimeFormat(
    locale,
    width === "month" ? { month: "short", year: "2-digit", timeZone } : daily ? day : time,
  );
  const full = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    year: "numeric",
    ...day,
    ...(daily || width === "month" ? {} : { ...time, timeZoneName: "short" }),
  });
  return edges.slice(0, -1).map((from, place) => {
    const to = edges[place + 1] ?? from;
    const title =
      daily && width === "day" ? full.format(from) : full.formatRange(from, new Date(to.getTime() - 1));
    return { label: short.format(from), title, from: from.toISOString(), to: to.toISOString() };
  });
}
