import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getQuotaToday } from "#lib/usage/store/reports.ts";

/** The free requests of the account's UTC day; null on a plan without a daily quota. */
export const GET = handle(async () => {
  const account = await requireApiAccount();
  const quota = await getQuotaToday(getDb(), account.id, getConfig().limits, new Date());
  return Response.json({
    quota: quota && { limit: quota.limit, used: quota.used, resetsAt: quota.resetsAt },
  });
});
