import type { Query } from "#lib/db/client.ts";
import type { Call, Plan } from "../admission.ts";
import {
  type Counters,
  type Holders,
  type KnownPayer,
  monthId,
  quotaId,
  type RateWindow,
} from "../judge-calls.ts";

interface PayerRow {
  payer: string;
  account_id: string;
  plan: Plan;
  account_budget: string | null;
  account_per_day: number | null;
  account_per_minute: number | null;
  key_id: string | null;
  key_holder: string | null;
  key_budget: string | null;
  key_disabled: boolean;
  keep_bodies_days: number | null;
  key_per_minute: number | null;
  model_patterns: string[];
  expires_at: Date | null;
  last_used_at: Date | null;
  key_version: string | null;
  account_version: string;
  seconds: number[] | null;
  counts: number[] | null;
  window_version: string | null;
}

const versionsSql = "a.xmin::text AS account_version, w.seconds, w.counts, w.xmin::text AS window_version";

/** Budgets that only warn refuse nobody, so their payers need no month to be locked. */
function hardBudgetSql(table: "a" | "k"): string {
  return `CASE WHEN ${table}.budget_mode = 'hard' THEN ${table}.monthly_budget_nano_usd END`;
}

const keyPayersSql = `
SELECT k.hash AS payer, a.id AS account_id, a.plan::text AS plan, ${hardBudgetSql("a")} AS account_budget,
  a.requests_per_day AS account_per_day, a.requests_per_minute AS account_per_minute, k.id AS key_id,
  coalesce(k.first_key_id, k.id) AS key_holder, ${hardBudgetSql("k")} AS key_budget,
  k.disabled_at IS NOT NULL AS key_disabled, a.keep_bodies_days, k.requests_per_minute AS key_per_minute,
  k.model_patterns, k.expires_at, k.last_used_at, k.xmin::text AS key_version, ${versionsSql}
FROM keys k JOIN accounts a ON a.id = k.account_id LEFT JOIN rate_windows w ON w.subject = coalesce(k.first_key_id, k.id)
WHERE k.hash = ANY($1::text[]) AND k.revoked_at IS NULL AND a.disabled_at IS NULL`;

const accountPayersSql = `
SELECT a.id AS payer, a.id AS account_id, plan::text AS plan, ${hardBudgetSql("a")} AS account_budget,
  a.requests_per_day AS account_per_day, a.requests_per_minute AS account_per_minute, NULL AS key_id,
  NULL AS key_holder, NULL::bigint AS key_budget, FALSE AS key_disabled,
  NULL::int AS keep_bodies_days, NULL::int AS key_per_minute, '{}'::text[] AS model_patterns,
  NULL::timestamptz AS expires_at, NULL::timestamptz AS last_used_at, NULL::text AS key_version, ${versionsSql}
FROM accounts a LEFT JOIN rate_windows w ON w.subject = 'chat:' || a.id
WHERE a.id = ANY($1::text[]) AND a.disabled_at IS NULL`;

/** A window as it was read. A version is the transaction that wrote a row last: a row of the same version has not changed. */
export interface SeenWindow extends RateWindow {
  version: string;
}

/** A payer as it was read, with the versions of its rows. */
export interface FoundPayer {
  payer: KnownPayer;
  /** Null for an account's chat. */
  keyVersion: string | null;
  accountVersion: string;
  /** Null where there is none yet. */
  window: SeenWindow | null;
}

/** What a call's payer is found under. */
export function payerIdOf({ payer }: Call): string {
  return payer.kind === "key" ? payer.hash : payer.accountId;
}

/** Those of the calls' payers that are in force, by key hash or account id. Nothing is locked. */
export async function readPayers(query: Query, calls: readonly Call[]): Promise<Map<string, FoundPayer>> {
  const hashes = new Set<string>();
  const accountIds = new Set<string>();
  for (const { payer } of calls) {
    if (payer.kind === "key") hashes.add(payer.hash);
    else accountIds.add(payer.accountId);
  }
  const rows = [
    ...(hashes.size > 0 ? await query<PayerRow>(keyPayersSql, [[...hashes]]) : []),
    ...(accountIds.size > 0 ? await query<PayerRow>(accountPayersSql, [[...accountIds]]) : []),
  ];
  return new Map(rows.map((row) => [row.payer, toFound(row)]));
}

function toFound(row: PayerRow): FoundPayer {
  const { seconds, counts, window_version: version } = row;
  return {
    payer: toPayer(row),
    keyVersion: row.key_version,
    accountVersion: row.account_version,
    window: seconds && counts && version !== null ? { seconds, counts, version } : null,
  };
}

function toPayer(row: PayerRow): KnownPayer {
  return {
    accountId: row.account_id,
    plan: row.plan,
    accountBudget: toBigInt(row.account_budget),
    accountRequestsPerDay: row.account_per_day,
    accountRequestsPerMinute: row.account_per_minute,
    keyId: row.key_id,
    keyHolder: row.key_holder,
    keyBudget: toBigInt(row.key_budget),
    keyDisabled: row.key_disabled,
    keepBodiesDays: row.keep_bodies_days,
    requestsPerMinute: row.key_per_minute,
    modelPatterns: row.model_patterns,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

function toBigInt(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

const lockWindowsSql = `
SELECT subject, seconds, counts FROM rate_windows WHERE subject = ANY($1::text[]) ORDER BY subject FOR UPDATE`;

const lockQuotasSql = `
SELECT q.account_id, q.day::text AS day, q.used
FROM daily_quotas q JOIN unnest($1::text[], $2::date[]) AS asked(account_id, day)
  ON asked.account_id = q.account_id AND asked.day = q.day
ORDER BY q.account_id, q.day FOR UPDATE OF q`;

/** In the order in which a settlement touches them: an account's keys before the account. */
const lockMonthsSql = `
SELECT b.holder_id, b.month::text AS month, b.spent_nano_usd + b.reserved_nano_usd AS held
FROM budget_months b JOIN unnest($1::text[], $2::text[], $3::int[], $4::date[]) AS asked(holder_id, account_id, rank, month)
  ON asked.holder_id = b.holder_id AND asked.month = b.month
ORDER BY asked.account_id, asked.rank, b.holder_id, b.month FOR UPDATE OF b`;

interface Distinct {
  subjects: string[];
  quotas: NonNullable<Holders["quota"]>[];
  months: Holders["months"];
}

function distinct(holders: readonly Holders[]): Distinct {
  const quotas = new Map(
    holders.flatMap(({ quota }) => (quota ? [[quotaId(quota.accountId, quota.day), quota]] : [])),
  );
  const months = new Map(
    holders.flatMap((each) => each.months.map((month) => [monthId(month.holderId, month.month), month])),
  );
  return {
    subjects: [...new Set(holders.map(({ subject }) => subject))],
    quotas: [...quotas.values()],
    months: [...months.values()],
  };
}

/** Locks the counters of the holders and gives them as they are now; null as soon as one of them is not there. */
export async function lockCounters(query: Query, holders: readonly Holders[]): Promise<Counters | null> {
  const { subjects, quotas, months } = distinct(holders);
  const windowRows = await query<{ subject: string; seconds: number[]; counts: number[] }>(lockWindowsSql, [
    subjects,
  ]);
  if (windowRows.length < subjects.length) return null;
  const quotaRows =
    quotas.length === 0
      ? []
      : await query<{ account_id: string; day: string; used: number }>(lockQuotasSql, quotaValues(quotas));
  if (quotaRows.length < quotas.length) return null;
  const monthRows =
    months.length === 0
      ? []
      : await query<{ holder_id: string; month: string; held: string }>(lockMonthsSql, monthValues(months));
  if (monthRows.length < months.length) return null;
  return {
    windows: new Map(windowRows.map(({ subject, seconds, counts }) => [subject, { seconds, counts }])),
    quotas: new Map(quotaRows.map((row) => [quotaId(row.account_id, row.day), row.used])),
    months: new Map(monthRows.map((row) => [monthId(row.holder_id, row.month), BigInt(row.held)])),
  };
}

function quotaValues(quotas: Distinct["quotas"]): unknown[] {
  return [quotas.map((quota) => quota.accountId), quotas.map((quota) => quota.day)];
}

function monthValues(months: Distinct["months"]): unknown[] {
  return [
    months.map((each) => each.holderId),
    months.map((each) => each.accountId),
    months.map((each) => each.rank),
    months.map((each) => each.month),
  ];
}

/** Empty counters for those that are not there, each statement on its own: it holds nothing another one may wait for. */
export async function makeCounters(query: Query, holders: readonly Holders[]): Promise<void> {
  const { subjects, quotas, months } = distinct(holders);
  await query(
    `INSERT INTO rate_windows (subject, seconds, counts)
     SELECT subject, '{}', '{}' FROM unnest($1::text[]) AS asked(subject) ORDER BY 1 ON CONFLICT DO NOTHING`,
    [subjects],
  );
  if (quotas.length > 0) {
    await query(
      `INSERT INTO daily_quotas (account_id, day, used)
       SELECT account_id, day, 0 FROM unnest($1::text[], $2::date[]) AS asked(account_id, day)
       ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
      quotaValues(quotas),
    );
  }
  if (months.length > 0) {
    await query(
      `INSERT INTO budget_months (holder_id, month)
       SELECT holder_id, month FROM unnest($1::text[], $2::text[], $3::int[], $4::date[]) AS asked(holder_id, account_id, rank, month)
       ORDER BY account_id, rank, holder_id, month ON CONFLICT DO NOTHING`,
      monthValues(months),
    );
  }
}
