import { cookies } from "next/headers";
import { timeZoneCookie } from "#components/console/usage/time-zone-cookie.ts";
import { readUsageQuestion, type UsageQuestion } from "#lib/usage/usage-question.ts";
import { isTimeZone } from "#lib/usage/zoned-buckets.ts";

export type SearchParams = Record<string, string | string[] | undefined>;

/** What the URL asks, in the viewer's time zone once the browser has told it. */
export async function questionOf(params: SearchParams, now: Date): Promise<UsageQuestion> {
  return readUsageQuestion(params, { now, timeZone: timeZoneOf(await cookies()) });
}

/** The viewer's time zone, UTC until the browser has told it. */
export function timeZoneOf(jar: Awaited<ReturnType<typeof cookies>>): string {
  const told = jar.get(timeZoneCookie)?.value;
  return told !== undefined && isTimeZone(told) ? told : "UTC";
}

/** The parameters of an address, as pages get them. */
export function searchParamsOf(search: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const [first = "", ...more] = search.getAll(name);
      return [name, more.length > 0 ? [first, ...more] : first];
    }),
  );
}
