import type { Db } from "#lib/db/client.ts";
import { monthAround } from "#lib/usage/allowances.ts";
import type { AlertKind } from "../alert.ts";
import type { BudgetNotice } from "../notice.ts";

interface Row {
  alert_id: string;
  key_name: string | null;
  kind: AlertKind;
  percent: number;
  mode: "hard" | "warn";
  limit_nano_usd: bigint;
}

const shown = 3;

/**
 * What a banner says now: of each budget the gravest alert of this month that was not put away, while the budget is what it was then;
 * the account's own first, three at most.
 */
export async function listBudgetNotices(db: Db, accountId: string, now: Date): Promise<BudgetNotice[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT alert_id, key_name, kind, percent, mode, limit_nano_usd FROM (
      SELECT DISTINCT ON (x.holder_id) x.id AS alert_id, k.name AS key_name, x.kind::text AS kind, x.percent,
        coalesce(k.budget_mode, a.budget_mode)::text AS mode, x.limit_nano_usd, x.dismissed_at, x.key_id
      FROM alerts x JOIN accounts a ON a.id = x.account_id LEFT JOIN keys k ON k.id = x.key_id
      WHERE x.account_id = ${accountId} AND x.month = ${monthAround(now).start}::date
        AND x.limit_nano_usd = CASE WHEN x.key_id IS NULL THEN a.monthly_budget_nano_usd ELSE k.monthly_budget_nano_usd END
        AND k.revoked_at IS NULL AND (x.kind = 'reached' OR coalesce(k.budget_mode, a.budget_mode) = 'hard')
      ORDER BY x.holder_id, x.kind = 'refused' DESC, x.percent DESC
    ) AS gravest
    WHERE dismissed_at IS NULL
    ORDER BY key_id IS NOT NULL, kind = 'refused' DESC, percent DESC
    LIMIT ${shown}`;
  return rows.map((row) => ({
    alertId: row.alert_id,
    keyName: row.key_name,
    kind: row.kind,
    percent: row.percent,
    mode: row.mode,
    limitNanoUsd: row.limit_nano_usd,
  }));
}

/** Puts an alert away: no banner shows it again, while a graver one of the same budget will be. False when the account has none such. */
export async function dismissAlert(db: Db, accountId: string, id: string, now: Date): Promise<boolean> {
  const dismissed = await db.alert.updateMany({ where: { id, accountId }, data: { dismissedAt: now } });
  return dismissed.count > 0;
}
