import type { UsageFilter } from "#lib/usage/usage-filter.ts";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";

/** Parameters of the usage pages' URLs (lib/usage/usage-question.ts reads them). */
export type UsageParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The parameters that ask a question, those at their default left out. */
export function paramsOf(question: UsageQuestion): UsageParams {
  const { rangeName, range, by, show, cumulative, filter } = question;
  return {
    range: rangeName === "30d" ? undefined : rangeName,
    ...(rangeName === "custom" ? { from: range.from.toISOString(), to: range.to.toISOString() } : {}),
    by: by === "model" ? undefined : by,
    show: show === "spend" ? undefined : show,
    cumulative: cumulative ? "1" : undefined,
    ...filter,
  };
}

/** The address of a page that asks with these parameters. */
export function usageHref(path: string, params: UsageParams, change: UsageParams = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...params, ...change })) {
    for (const each of value === undefined ? [] : typeof value === "string" ? [value] : value) {
      query.append(name, each);
    }
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The change that lets only requests with this value through as well, or no longer when they are already. */
export function toggled(filter: UsageFilter, name: keyof UsageFilter, value: string): UsageParams {
  const values: readonly string[] = filter[name] ?? [];
  return { [name]: values.includes(value) ? values.filter((each) => each !== value) : [...values, value] };
}
