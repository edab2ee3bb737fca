import type { Db } from "#lib/db/client.ts";
import type { PlanLimits } from "../admission.ts";
import type { QuotaToday } from "../reports.ts";

const DAY_MS = 86_400_000;

/** The account's free requests of this UTC day; null when its plan has no daily quota. */
export async function getQuotaToday(
  db: Db,
  accountId: string,
  limits: PlanLimits,
  now: Date,
): Promise<QuotaToday | null> {
  const day = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const account = await db.account.findUnique({
    where: { id: accountId },
    select: { plan: true, requestsPerDay: true, dailyQuotas: { where: { day }, select: { used: true } } },
  });
  if (account?.plan !== "trial") return null;
  const limit = account.requestsPerDay ?? limits.trialRequestsPerDay;
  const used = account.dailyQuotas[0]?.used ?? 0;
  return {
    plan: account.plan,
    limit,
    used,
    remaining: Math.max(0, limit - used),
    resetsAt: new Date(day.getTime() + DAY_MS),
  };
}
