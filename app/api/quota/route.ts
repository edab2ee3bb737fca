import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { toNoticeRecord } from "#lib/alerts/notice.ts";
import { listBudgetNotices } from "#lib/alerts/store/banner.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getQuotaToday } from "#lib/usage/store/reports.ts";

/** What the shells show of the account's means: the free requests of its UTC day (null on a plan without a daily quota), and its budgets. */
export const GET = handle(async () => {
  const account = await requireApiAccount();
  const now = new Date();
  const [quota, notices] = await Promise.all([
    getQuotaToday(getDb(), account.id, getConfig().limits, now),
    listBudgetNotices(getDb(), account.id, now),
  ]);
  return Response.json({
    quota: quota && { limit: quota.limit, used: quota.used, resetsAt: quota.resetsAt },
    notices: notices.map(toNoticeRecord),
  });
});
