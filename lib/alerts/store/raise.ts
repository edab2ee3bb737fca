import type { Db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { monthAround } from "#lib/usage/allowances.ts";

/** Requests of a month that has just ended may still be settled for a while. */
const lateSettlementMs = 60 * 60_000;

interface Candidate {
  account_id: string;
  holder_id: string;
  key_id: string | null;
  limit_nano_usd: bigint;
  mode: "hard" | "warn";
  month: Date;
  spent_nano_usd: bigint;
  kind: "reached" | "refused";
  percent: number;
}

/**
 * Raises what is to be raised now: shares of budgets that settled spend has reached, and hard budgets that refused a request since the
 * last time (`refusedHolders`). Each is raised once, whoever else looks at the same time: the unique row decides. With it, in the same
 * transaction, come its deliveries. Gives how many alerts were raised.
 */
export async function raiseAlerts(
  db: Db,
  now: Date,
  refusedHolders: readonly string[] = [],
): Promise<number> {
  const months = [now, new Date(now.getTime() - lateSettlementMs)].map((at) => monthAround(at).start);
  const candidates = [
    ...(await findReached(db, months)),
    ...(refusedHolders.length > 0 ? await findRefused(db, monthAround(now).start, refusedHolders) : []),
  ];
  if (candidates.length === 0) return 0;
  return db.$transaction(async (tx) => {
    const raised = await tx.alert.createManyAndReturn({
      data: candidates.map((each) => ({
        id: newId("alt"),
        accountId: each.account_id,
        holderId: each.holder_id,
        keyId: each.key_id,
        kind: each.kind,
        percent: each.percent,
        month: each.month,
        limitNanoUsd: each.limit_nano_usd,
        spentNanoUsd: each.spent_nano_usd,
        mode: each.mode,
        createdAt: now,
      })),
      skipDuplicates: true,
    });
    await addDeliveries(tx, await worthTelling(tx, raised), now);
    return raised.length;
  });
}

const budgetsSql = `
  SELECT a.id AS account_id, a.id AS holder_id, NULL::text AS key_id, a.monthly_budget_nano_usd AS limit_nano_usd,
    a.budget_mode AS mode, a.alert_percents AS percents
  FROM accounts a
  WHERE a.monthly_budget_nano_usd IS NOT NULL AND a.disabled_at IS NULL
  UNION ALL
  SELECT k.account_id, coalesce(k.first_key_id, k.id), k.id, k.monthly_budget_nano_usd, k.budget_mode, k.alert_percents
  FROM keys k JOIN accounts a ON a.id = k.account_id
  WHERE k.monthly_budget_nano_usd IS NOT NULL AND k.revoked_at IS NULL AND a.disabled_at IS NULL`;

function findReached(db: Db, months: readonly Date[]): Promise<Candidate[]> {
  return db.$queryRawUnsafe<Candidate[]>(
    `SELECT DISTINCT ON (b.holder_id, m.month, b.limit_nano_usd, p.percent)
       b.account_id, b.holder_id, b.key_id, b.limit_nano_usd, b.mode::text AS mode, m.month, m.spent_nano_usd,
       'reached' AS kind, p.percent
     FROM (${budgetsSql}) AS b
       JOIN budget_months m ON m.holder_id = b.holder_id AND m.month = ANY($1::date[])
       CROSS JOIN unnest(b.percents) AS p(percent)
     WHERE m.spent_nano_usd > 0 AND m.spent_nano_usd::numeric * 100 >= b.limit_nano_usd::numeric * p.percent
       AND NOT EXISTS (
         SELECT FROM alerts x WHERE x.holder_id = b.holder_id AND x.month = m.month
           AND x.limit_nano_usd = b.limit_nano_usd AND x.kind = 'reached' AND x.percent = p.percent)
     ORDER BY b.holder_id, m.month, b.limit_nano_usd, p.percent, b.key_id DESC`,
    months.map(toDay),
  );
}

function findRefused(db: Db, month: Date, holders: readonly string[]): Promise<Candidate[]> {
  return db.$queryRawUnsafe<Candidate[]>(
    `SELECT DISTINCT ON (b.holder_id, b.limit_nano_usd)
       b.account_id, b.holder_id, b.key_id, b.limit_nano_usd, b.mode::text AS mode, $1::date AS month,
       coalesce(m.spent_nano_usd, 0) AS spent_nano_usd, 'refused' AS kind, 0 AS percent
     FROM (${budgetsSql}) AS b
       LEFT JOIN budget_months m ON m.holder_id = b.holder_id AND m.month = $1::date
     WHERE b.mode = 'hard' AND b.holder_id = ANY($2::text[])
     ORDER BY b.holder_id, b.limit_nano_usd, b.key_id DESC`,
    toDay(month),
    [...holders],
  );
}

function toDay(month: Date): string {
  return month.toISOString().slice(0, 10);
}

type Raised = Prisma.AlertGetPayload<object>;

/** Of the shares that one budget passed at once only the highest is told, and none below one that was told before. */
async function worthTelling(tx: Prisma.TransactionClient, raised: readonly Raised[]): Promise<Raised[]> {
  const told: Raised[] = [];
  for (const alert of raised) {
    const { holderId, month, limitNanoUsd, kind, percent } = alert;
    const higher = await tx.alert.count({
      where: { holderId, month, limitNanoUsd, kind, percent: { gt: percent } },
    });
    if (higher === 0) told.push(alert);
  }
  return told;
}

async function addDeliveries(
  tx: Prisma.TransactionClient,
  alerts: readonly Raised[],
  now: Date,
): Promise<void> {
  const accounts = await tx.account.findMany({
    where: { id: { in: alerts.map(({ accountId }) => accountId) } },
    select: {
      id: true,
      email: true,
      alertByEmail: true,
      webhooks: { where: { enabled: true }, select: { id: true, url: true } },
    },
  });
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const data = alerts.flatMap(({ id: alertId, accountId }) => {
    const account = byId.get(accountId);
    if (!account) return [];
    const common = { accountId, alertId, nextAttemptAt: now, createdAt: now };
    return [
      ...(account.alertByEmail
        ? [{ ...common, id: newId("dlv"), channel: "email" as const, target: account.email }]
        : []),
      ...account.webhooks.map((webhook) => ({
        ...common,
        id: newId("dlv"),
        channel: "webhook" as const,
        webhookId: webhook.id,
        target: webhook.url,
      })),
    ];
  });
  await tx.alertDelivery.createMany({ data });
}
