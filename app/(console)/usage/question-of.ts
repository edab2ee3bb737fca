import { cookies } from "next/headers";
import { timeZoneCookie } from "#components/console/usage/time-zone-cookie.ts";
import { readUsageQuestion, type UsageQuestion } from "#lib/usage/usage-question.ts";
import { isTimeZone } from "#lib/usage/zoned-buckets.ts";

export type SearchParams = Record<string, string | string[] | undefined>;

/** What the URL asks, in the viewer's time zone once the browser has told it. */
export async function questionOf(params: SearchParams, now: Date): Promise<UsageQuestion> {
  const told = (await cookies()).get(timeZoneCookie)?.value;
  const timeZone = told !== undefined && isTimeZone(told) ? told : "UTC";
  return readUsageQuestion(params, { now, timeZone });
}
