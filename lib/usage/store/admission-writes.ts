import type { Query } from "#lib/db/client.ts";
import type { Statement } from "#lib/db/joined-statements.ts";
import type { Call } from "../admission.ts";
import { type Counters, type Holders, isBudgeted, type KnownPayer, quotaId } from "../judge-calls.ts";
import type { FoundPayer } from "./admission-reads.ts";

/** A call that was let through. */
export interface AdmittedCall {
  call: Call;
  now: Date;
  payer: KnownPayer;
  found: FoundPayer;
  holders: Holders;
}

/**
 * Windows as they shall be, and the `reserved` rows. With a guard, only where the guard's one row is there. Lists of integers come as
 * PostgreSQL's array texts, since a list of lists cannot have rows of different length.
 */
function recordSql(guard: { ctes: string; from: string }): string {
  return `
WITH ${guard.ctes} windows AS (
  UPDATE rate_windows w SET seconds = next.seconds::int[], counts = next.counts::int[]
  FROM unnest($1::text[], $2::text[], $3::text[]) AS next(subject, seconds, counts)${guard.from}
  WHERE w.subject = next.subject
)
INSERT INTO requests (id, account_id, key_id, source, model, endpoint, stream, tag, status, input_price_nano_usd,
  cached_input_price_nano_usd, output_price_nano_usd, reserved_nano_usd, process_id, created_at)
SELECT id, account_id, key_id, source::"RequestSource", model, endpoint, stream, tag, 'reserved', input, cached_input, output,
  reserved, process_id, created_at
FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::boolean[], $11::text[], $12::int[],
  $13::int[], $14::int[], $15::bigint[], $16::text[], $17::timestamptz[])
  AS admitted(id, account_id, key_id, source, model, endpoint, stream, tag, input, cached_input, output, reserved, process_id,
    created_at)${guard.from}`;
}

const recordLockedSql = recordSql({ ctes: "", from: "" });

/** Locks the windows in their order and gives a row only if they and the payers are still as they were seen. */
const recordUnchangedSql = `${recordSql({
  ctes: `locked AS MATERIALIZED (
  SELECT w.subject, w.xmin AS version FROM rate_windows w WHERE w.subject = ANY($1::text[]) ORDER BY w.subject FOR UPDATE
), unchanged AS MATERIALIZED (
  SELECT FROM (
    SELECT count(*) AS n FROM locked JOIN unnest($1::text[], $18::text[]) AS seen(subject, version) USING (subject)
    WHERE locked.version = seen.version::xid
  ) AS windows, (
    SELECT count(*) AS n FROM keys k JOIN unnest($19::text[], $20::text[]) AS seen(id, version) USING (id)
    WHERE k.xmin = seen.version::xid
  ) AS keys, (
    SELECT count(*) AS n FROM accounts a JOIN unnest($21::text[], $22::text[]) AS seen(id, version) USING (id)
    WHERE a.xmin = seen.version::xid
  ) AS accounts
  WHERE windows.n = cardinality($1::text[]) AND keys.n = cardinality($19::text[]) AND accounts.n = cardinality($21::text[])
),`,
  from: ", unchanged",
})}
RETURNING pg_current_xact_id()::xid::text AS version`;

const quotasSql = `
UPDATE daily_quotas q SET used = next.used
FROM unnest($1::text[], $2::date[], $3::int[]) AS next(account_id, day, used)
WHERE q.account_id = next.account_id AND q.day = next.day`;

const monthsSql = `
UPDATE budget_months b SET reserved_nano_usd = b.reserved_nano_usd + more.reserved
FROM (
  SELECT holder_id, month, sum(reserved) AS reserved
  FROM unnest($1::text[], $2::date[], $3::bigint[]) AS each_call(holder_id, month, reserved)
  GROUP BY 1, 2
) AS more
WHERE b.holder_id = more.holder_id AND b.month = more.month`;

/**
 * A key made by rotation ends the one it replaces when it is used. Its own row is locked first and must still be in force then, so
 * that whatever happens to either meanwhile, one of the two works. The newest keys are locked first, as in a rotation.
 */
const useKeysSql = `
WITH used AS MATERIALIZED (
  SELECT k.id, k.replaces_key_id, admitted.request_id, admitted.now
  FROM (
    SELECT key_id, max(request_id) AS request_id, max(now) AS now
    FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS each_call(key_id, request_id, now)
    GROUP BY key_id
  ) AS admitted JOIN keys k ON k.id = admitted.key_id
  WHERE k.revoked_at IS NULL AND (k.last_used_at IS NULL OR k.last_used_at < admitted.now - interval '1 minute')
  ORDER BY k.id DESC
  FOR NO KEY UPDATE OF k
), touched AS (
  UPDATE keys k SET last_used_at = used.now FROM used WHERE k.id = used.id
  RETURNING k.id, used.replaces_key_id, used.request_id, used.now
), replaced AS (
  UPDATE keys old SET revoked_at = touched.now
  FROM touched WHERE old.id = touched.replaces_key_id AND old.revoked_at IS NULL
  RETURNING old.id, old.account_id, old.revoked_at, touched.request_id
)
INSERT INTO audit_events (id, account_id, action, target_id, created_at)
SELECT 'aud_' || substr(request_id, 5), account_id, 'key.replaced', id, revoked_at FROM replaced`;

/** Writes what admitted calls take from their counters, as judged, and their `reserved` rows. */
export async function writeAdmitted(
  query: Query,
  admitted: readonly AdmittedCall[],
  counters: Counters,
): Promise<void> {
  const quotas = new Map(
    admitted.flatMap(({ holders: { quota } }) =>
      quota ? [[quotaId(quota.accountId, quota.day), quota] as const] : [],
    ),
  );
  if (quotas.size > 0) {
    await query(quotasSql, [
      [...quotas.values()].map((quota) => quota.accountId),
      [...quotas.values()].map((quota) => quota.day),
      [...quotas.keys()].map((id) => counters.quotas.get(id)),
    ]);
  }
  const months = admitted.flatMap(({ call, holders }) =>
    holders.months.map((month) => ({ ...month, reserved: call.reserveNanoUsd })),
  );
  if (months.length > 0) {
    await query(monthsSql, [
      months.map((each) => each.holderId),
      months.map((each) => each.month),
      months.map((each) => each.reserved),
    ]);
  }
  const byKey = admitted.filter(({ payer, now }) => isUseToNote(payer, now));
  if (byKey.length > 0) {
    await query(useKeysSql, [
      byKey.map(({ payer }) => payer.keyId),
      byKey.map(({ call }) => call.requestId),
      byKey.map(({ now }) => now),
    ]);
  }
  await query(recordLockedSql, [...windowValues(admitted, counters), ...requestValues(admitted)]);
}

/** Whether only windows are counted and no key's use has to be noted: what `writeUnchanged` can write. */
export function needsWindowsOnly({
  payer,
  holders,
  now,
}: Pick<AdmittedCall, "payer" | "holders" | "now">): boolean {
  return holders.quota === null && holders.months.length === 0 && !isUseToNote(payer, now);
}

/**
 * The same in one statement for calls that count in windows only: its one row is the version that the windows have from then on. It
 * writes nothing and has no row if a window, a key or an account has changed since it was found.
 */
export function unchangedStatement(admitted: readonly AdmittedCall[], counters: Counters): Statement {
  const windows = new Map<string, string>();
  const keys = new Map<string, string>();
  const accounts = new Map<string, string>();
  for (const { payer, found, holders } of admitted) {
    if (found.window) windows.set(holders.subject, found.window.version);
    if (payer.keyId !== null && found.keyVersion !== null) keys.set(payer.keyId, found.keyVersion);
    accounts.set(payer.accountId, found.accountVersion);
  }
  return {
    text: recordUnchangedSql,
    values: [
      ...windowValues(admitted, counters),
      ...requestValues(admitted),
      [...windows.values()],
      [...keys.keys()],
      [...keys.values()],
      [...accounts.keys()],
      [...accounts.values()],
    ],
  };
}

const noteUseEveryMs = 60_000;

function isUseToNote({ keyId, lastUsedAt }: KnownPayer, now: Date): boolean {
  if (keyId === null) return false;
  return lastUsedAt === null || lastUsedAt.getTime() < now.getTime() - noteUseEveryMs;
}

function windowValues(admitted: readonly AdmittedCall[], counters: Counters): Statement["values"] {
  const subjects = [...new Set(admitted.map(({ holders }) => holders.subject))];
  const windows = subjects.map((subject) => counters.windows.get(subject));
  return [
    subjects,
    windows.map((window) => `{${window?.seconds.join(",") ?? ""}}`),
    windows.map((window) => `{${window?.counts.join(",") ?? ""}}`),
  ];
}

function requestValues(admitted: readonly AdmittedCall[]): Statement["values"] {
  type Value = string | number | bigint | boolean | Date | null;
  const each = (value: (one: AdmittedCall) => Value) => admitted.map(value);
  return [
    each(({ call }) => call.requestId),
    each(({ payer }) => payer.accountId),
    each(({ payer }) => payer.keyId),
    each(({ call }) => (call.payer.kind === "key" ? "api" : "chat")),
    each(({ call }) => call.model),
    each(({ call }) => call.endpoint),
    each(({ call }) => call.stream),
    each(({ call }) => call.tag ?? ""),
    each(({ call }) => call.prices.inputNanoUsd),
    each(({ call }) => call.prices.cachedInputNanoUsd),
    each(({ call }) => call.prices.outputNanoUsd),
    each(({ call, payer }) => (isBudgeted(payer) ? call.reserveNanoUsd : 0n)),
    each(({ call }) => call.processId),
    each(({ now }) => now),
  ];
}
