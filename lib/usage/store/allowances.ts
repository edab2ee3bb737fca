import { recordAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { Plan, PlanLimits, RateState } from "../admission.ts";
import { type Allowances, type BudgetMode, type BudgetState, monthAround } from "../allowances.ts";
import { secondsBeginMs } from "../judge-calls.ts";
import { getQuotaToday } from "./reports.ts";

/** What a key may still do, by admission's own counters; null when the account has no such key. */
export async function getAllowances(
  db: Db,
  accountId: string,
  keyId: string,
  { limits, now }: { limits: PlanLimits; now: Date },
): Promise<Allowances | null> {
  const [row, quota] = await Promise.all([
    db.key.findFirst({
      where: { id: keyId, accountId },
      select: {
        firstKeyId: true,
        requestsPerMinute: true,
        monthlyBudgetNanoUsd: true,
        budgetMode: true,
        account: {
          select: { plan: true, monthlyBudgetNanoUsd: true, budgetMode: true, requestsPerMinute: true },
        },
      },
    }),
    getQuotaToday(db, accountId, limits, now),
  ]);
  if (!row) return null;
  const { account } = row;
  const subject = row.firstKeyId ?? keyId;
  const limit = rateLimitOf(account.plan, account.requestsPerMinute, row.requestsPerMinute, limits);
  const [window, spends] = await Promise.all([
    readWindow(db, subject, now),
    readMonths(db, [subject, accountId], now),
  ]);
  return {
    plan: account.plan,
    rate: { limit, remaining: Math.max(0, limit - window.used), resetMs: window.resetMs },
    quota: quota && { limit: quota.limit, remaining: quota.remaining, resetsAt: quota.resetsAt },
    keyBudget: toBudget(row, spends.get(subject), now),
    accountBudget: toBudget(account, spends.get(accountId), now),
  };
}

/** Requests a minute: of the key below those of its account, which has its plan's unless an admin gave it others. */
function rateLimitOf(plan: Plan, ofAccount: number | null, ofKey: number | null, limits: PlanLimits): number {
  const ofPlan = plan === "trial" ? limits.trialRequestsPerMinute : limits.paidRequestsPerMinute;
  const most = ofAccount ?? ofPlan;
  return Math.min(ofKey ?? most, most);
}

/** The requests of the last minute, as admission counts them. */
async function readWindow(db: Db, subject: string, now: Date): Promise<{ used: number; resetMs: number }> {
  const nowMs = now.getTime() - secondsBeginMs;
  const rows = await db.$queryRaw<{ used: number; oldest: number | null }[]>`
    SELECT coalesce(sum(b.count), 0)::int AS used, min(b.second)::int AS oldest
    FROM rate_windows w, unnest(w.seconds, w.counts) AS b(second, count)
    WHERE w.subject = ${subject} AND b.second >= ${Math.floor(nowMs / 1000)}::int - 60`;
  const { used, oldest } = rows[0] ?? { used: 0, oldest: null };
  return { used, resetMs: oldest === null ? 0 : Math.max(0, (oldest + 61) * 1000 - nowMs) };
}

type Spend = Pick<BudgetState, "spentNanoUsd" | "reservedNanoUsd">;

async function readMonths(db: Db, holderIds: readonly string[], now: Date): Promise<Map<string, Spend>> {
  const rows = await db.budgetMonth.findMany({
    where: { holderId: { in: [...holderIds] }, month: monthAround(now).start },
  });
  return new Map(rows.map((row) => [row.holderId, row]));
}

interface Budgeted {
  monthlyBudgetNanoUsd: bigint | null;
  budgetMode: BudgetMode;
}

function toBudget(
  { monthlyBudgetNanoUsd: limitNanoUsd, budgetMode: mode }: Budgeted,
  spend: Spend | undefined,
  now: Date,
): BudgetState | null {
  if (limitNanoUsd === null) return null;
  const { spentNanoUsd, reservedNanoUsd } = spend ?? { spentNanoUsd: 0n, reservedNanoUsd: 0n };
  return { limitNanoUsd, mode, spentNanoUsd, reservedNanoUsd, resetsAt: monthAround(now).end };
}

/** The month's budgets of the account's keys that have one, by key id. */
export async function listKeyBudgets(
  db: Db,
  accountId: string,
  now: Date,
): Promise<Map<string, BudgetState>> {
  const keys = await db.key.findMany({
    where: { accountId, revokedAt: null, monthlyBudgetNanoUsd: { not: null } },
    select: { id: true, firstKeyId: true, monthlyBudgetNanoUsd: true, budgetMode: true },
  });
  const spends = await readMonths(
    db,
    keys.map((key) => key.firstKeyId ?? key.id),
    now,
  );
  return new Map(
    keys.flatMap((key) => {
      const budget = toBudget(key, spends.get(key.firstKeyId ?? key.id), now);
      return budget ? [[key.id, budget] as const] : [];
    }),
  );
}

/** Requests a minute that each of the account's keys may make and has left, by key id; keys of one line of rotations share a minute. */
export async function listKeyRates(
  db: Db,
  accountId: string,
  { limits, now }: { limits: PlanLimits; now: Date },
): Promise<Map<string, Pick<RateState, "limit" | "remaining">>> {
  const nowMs = now.getTime() - secondsBeginMs;
  const rows = await db.$queryRaw<
    { id: string; plan: Plan; of_account: number | null; of_key: number | null; used: number }[]
  >`
    SELECT k.id, a.plan::text AS plan, a.requests_per_minute AS of_account, k.requests_per_minute AS of_key, coalesce(sum(b.count), 0)::int AS used
    FROM keys k JOIN accounts a ON a.id = k.account_id
      LEFT JOIN rate_windows w ON w.subject = coalesce(k.first_key_id, k.id)
      LEFT JOIN LATERAL unnest(w.seconds, w.counts) AS b(second, count)
        ON b.second >= ${Math.floor(nowMs / 1000)}::int - 60
    WHERE k.account_id = ${accountId} AND k.revoked_at IS NULL
    GROUP BY k.id, a.id`;
  return new Map(
    rows.map(({ id, plan, of_account, of_key, used }) => {
      const limit = rateLimitOf(plan, of_account, of_key, limits);
      return [id, { limit, remaining: Math.max(0, limit - used) }];
    }),
  );
}

/** The account's own month: null where it has no budget. */
export async function getAccountBudget(db: Db, accountId: string, now: Date): Promise<BudgetState | null> {
  const account = await db.account.findUnique({
    where: { id: accountId },
    select: { monthlyBudgetNanoUsd: true, budgetMode: true },
  });
  const spends = await readMonths(db, [accountId], now);
  return account && toBudget(account, spends.get(accountId), now);
}

/** What the account has spent in the UTC month that holds `now`, and its budget; null where it has none. */
export async function getMonthSpend(
  db: Db,
  accountId: string,
  now: Date,
): Promise<{ spentNanoUsd: bigint; budgetNanoUsd: bigint | null }> {
  const [account, spends] = await Promise.all([
    db.account.findUnique({ where: { id: accountId }, select: { monthlyBudgetNanoUsd: true } }),
    readMonths(db, [accountId], now),
  ]);
  return {
    spentNanoUsd: spends.get(accountId)?.spentNanoUsd ?? 0n,
    budgetNanoUsd: account?.monthlyBudgetNanoUsd ?? null,
  };
}

/** Sets what the account's keys and chat may spend together in a UTC month; null for as much as they like. */
export async function setAccountBudget(
  db: Db,
  accountId: string,
  nanoUsd: bigint | null,
  mode: BudgetMode = "hard",
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.account.update({
      where: { id: accountId },
      data: { monthlyBudgetNanoUsd: nanoUsd, budgetMode: mode },
    });
    await recordAudit(tx, { actorId: accountId, action: "account.budget_changed", targetId: accountId });
  });
}
