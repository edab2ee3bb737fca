import type { Metadata } from "next";
import { cookies } from "next/headers";
import { z } from "zod";
import { getBaseUrl } from "#app/base-url.ts";
import { ByDay } from "#components/console/usage/by-day.tsx";
import { KeepCurrent } from "#components/console/usage/keep-current.tsx";
import { NoUsage } from "#components/console/usage/no-usage.tsx";
import { RequestSection } from "#components/console/usage/request-section.tsx";
import { Tiles } from "#components/console/usage/tiles.tsx";
import { timeZoneCookie } from "#components/console/usage/time-zone-cookie.ts";
import { totalsOf } from "#components/console/usage/totals.ts";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { listKeys } from "#lib/keys/store.ts";
import { defaultModelId } from "#lib/models/catalog.ts";
import { getConfig } from "#lib/ops/config.ts";
import { isTimeZone } from "#lib/usage/local-days.ts";
import { parseCursor } from "#lib/usage/request-cursor.ts";
import { getQuotaToday, listSpendByDay } from "#lib/usage/store/reports.ts";
import { listRequests } from "#lib/usage/store/requests.ts";

export const metadata: Metadata = { title: "Usage" };

const shownDays = 30;
const dayMs = 86_400_000;
const pageSize = 50;

const querySchema = z.object({
  after: z
    .string()
    .refine((text) => parseCursor(text) !== null)
    .optional()
    .catch(undefined),
  source: z.enum(["api", "chat"]).optional().catch(undefined),
});

interface UsagePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function UsagePage({ searchParams }: UsagePageProps) {
  const account = await requireAccount();
  const { after, source } = querySchema.parse(await searchParams);
  const timeZone = await getTimeZone();
  const db = getDb();
  const now = new Date();
  const from = new Date(now.getTime() - 2 * shownDays * dayMs);
  const [quota, days, page, keys, baseUrl] = await Promise.all([
    getQuotaToday(db, account.id, getConfig().limits, now),
    listSpendByDay(db, account.id, { from, to: now, timeZone }),
    listRequests(db, account.id, {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
      ...(source === undefined ? {} : { source }),
    }),
    listKeys(db, account.id),
    getBaseUrl(),
  ]);
  const shown = days.slice(-shownDays);
  const neverUsed = page.requests.length === 0 && after === undefined && source === undefined;
  return (
    <div className="mx-auto flex w-full max-w-280 flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8">
      <KeepCurrent timeZone={timeZone} refreshAtMs={quota?.resetsAt.getTime() ?? null} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h1 className="text-20">Usage</h1>
        <p className="text-13 text-muted">Last {shownDays} days, chat and API together</p>
      </div>
      <Tiles quota={quota} totals={totalsOf(shown)} before={totalsOf(days.slice(0, -shownDays))} />
      {neverUsed ? (
        <NoUsage baseUrl={baseUrl} model={defaultModelId} />
      ) : (
        <>
          <ByDay days={shown} timeZone={timeZone} />
          <RequestSection
            requests={page.requests}
            keyNames={Object.fromEntries(keys.map(({ id, name }) => [id, name]))}
            source={source}
            nextCursor={page.nextCursor}
            atNewest={after === undefined}
          />
        </>
      )}
    </div>
  );
}

/** The viewer's zone, once the browser has told it. */
async function getTimeZone(): Promise<string> {
  const told = (await cookies()).get(timeZoneCookie)?.value;
  return told !== undefined && isTimeZone(told) ? told : "UTC";
}
