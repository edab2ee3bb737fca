import { defaultLocale } from "#lib/accounts/choices.ts";
import { storedPreferencesSchema } from "#lib/accounts/preferences.ts";
import type { Db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { ApiError } from "#lib/wire/errors.ts";
import type { Attempt, DeliveryInfo, DueDelivery } from "../delivery.ts";

const listed = 50;
const hourMs = 60 * 60_000;
const mostTests = 10;
const mostTries = 20;

/**
 * Takes deliveries that are due, each for this process alone: until `leaseMs` have passed nobody else tries them. Of e-mails none where
 * `email` is false.
 */
export async function claimDue(
  db: Db,
  options: { now: Date; leaseMs: number; email: boolean; atMost: number },
): Promise<DueDelivery[]> {
  const { now, leaseMs, email, atMost } = options;
  const claimed = await db.$queryRaw<{ id: string }[]>`
    UPDATE alert_deliveries SET attempts = attempts + 1, next_attempt_at = ${new Date(now.getTime() + leaseMs)}
    WHERE id IN (
      SELECT id FROM alert_deliveries
      WHERE status = 'pending' AND next_attempt_at <= ${now} AND (${email} OR channel <> 'email')
      ORDER BY next_attempt_at LIMIT ${atMost} FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  if (claimed.length === 0) return [];
  const rows = await db.alertDelivery.findMany({
    where: { id: { in: claimed.map(({ id }) => id) } },
    include: { account: { select: { preferences: true } }, alert: true, webhook: true },
    orderBy: { id: "asc" },
  });
  const names = await namesOfKeys(
    db,
    rows.flatMap(({ alert }) => alert?.keyId ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    accountId: row.accountId,
    channel: row.channel,
    target: row.target,
    webhookId: row.webhookId,
    createdAt: row.createdAt,
    number: row.attempts,
    alert: row.alert && {
      ...row.alert,
      key: row.alert.keyId === null ? null : { id: row.alert.keyId, name: names.get(row.alert.keyId) ?? "" },
    },
    sealedSecrets: secretsOf(row.webhook, now),
    locale: storedPreferencesSchema.parse(row.account.preferences).locale ?? defaultLocale,
  }));
}

type WebhookRow = Prisma.WebhookGetPayload<object>;

function secretsOf(webhook: WebhookRow | null, now: Date): Uint8Array[] {
  if (!webhook?.enabled) return [];
  const { sealedSecret, previousSealedSecret: previous, previousUntil } = webhook;
  return previous && previousUntil && previousUntil > now ? [sealedSecret, previous] : [sealedSecret];
}

async function namesOfKeys(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const keys = await db.key.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
  return new Map(keys.map(({ id, name }) => [id, name]));
}

/** Records a try of a claimed delivery; `nextAttemptAt` is null where it is the last, for a success or for good. */
export async function recordAttempt(
  db: Db,
  deliveryId: string,
  attempt: Attempt,
  nextAttemptAt: Date | null,
): Promise<void> {
  const ended = attempt.error === null || nextAttemptAt === null;
  const endedAt = new Date(attempt.startedAt.getTime() + attempt.durationMs);
  const status = attempt.error === null ? "delivered" : "failed";
  await db.$transaction([
    // A try whose process seemed dead and was not may have been followed by another one meanwhile.
    db.deliveryAttempt.createMany({ data: [{ deliveryId, ...attempt }], skipDuplicates: true }),
    db.alertDelivery.updateMany({
      where: { id: deliveryId, attempts: attempt.number, status: "pending" },
      data: ended ? { status, endedAt } : { nextAttemptAt: nextAttemptAt ?? endedAt },
    }),
  ]);
}

/** Gives a claimed delivery back untried, for another process. */
export async function giveBack(db: Db, { id, number }: DueDelivery, now: Date): Promise<void> {
  await db.alertDelivery.updateMany({
    where: { id, attempts: number, status: "pending" },
    data: { attempts: number - 1, nextAttemptAt: now },
  });
}

/** E-mails that no process could send for `afterMs` fail, and what is older than `keptMs` is deleted. */
export async function tidyDeliveries(
  db: Db,
  { now, afterMs, keptMs }: { now: Date; afterMs: number; keptMs: number },
): Promise<void> {
  await db.alertDelivery.updateMany({
    where: { status: "pending", nextAttemptAt: { lt: new Date(now.getTime() - afterMs) } },
    data: { status: "failed", endedAt: now },
  });
  const before = new Date(now.getTime() - keptMs);
  await db.alertDelivery.deleteMany({ where: { createdAt: { lt: before } } });
  await db.alert.deleteMany({ where: { createdAt: { lt: before } } });
}

/** The account's newest deliveries, with their tries. */
export async function listDeliveries(db: Db, accountId: string): Promise<DeliveryInfo[]> {
  const rows = await db.alertDelivery.findMany({
    where: { accountId },
    include: { alert: true, tries: { orderBy: { number: "asc" } } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: listed,
  });
  const names = await namesOfKeys(
    db,
    rows.flatMap(({ alert }) => alert?.keyId ?? []),
  );
  return rows.map(({ alert, tries, ...row }) => ({
    id: row.id,
    channel: row.channel,
    target: row.target,
    webhookId: row.webhookId,
    status: row.status,
    alert: alert && {
      kind: alert.kind,
      percent: alert.percent,
      keyName: alert.keyId === null ? null : (names.get(alert.keyId) ?? ""),
      ofAccount: alert.keyId === null,
    },
    createdAt: row.createdAt,
    nextAttemptAt: row.status === "pending" && tries.length > 0 ? row.nextAttemptAt : null,
    tries: tries.map(({ deliveryId: _, ...attempt }) => attempt),
  }));
}

/**
 * Sends a delivery again, now: a failed one, a delivered one, or one that waits. False when the account has no such delivery.
 * @throws ApiError `rate_limited` when it was tried so often that it would be a nuisance.
 */
export async function redeliver(db: Db, accountId: string, id: string, now: Date): Promise<boolean> {
  const tried = await db.alertDelivery.count({ where: { id, accountId, attempts: { gte: mostTries } } });
  if (tried > 0) throw new ApiError("rate_limited", `It was tried ${mostTries} times. Send a test instead.`);
  const again = await db.alertDelivery.updateMany({
    where: { id, accountId },
    data: { status: "pending", nextAttemptAt: now, endedAt: null },
  });
  return again.count > 0;
}

/**
 * Puts a test on its way to the account's e-mail address, or to one of its webhooks, and gives its id.
 * @throws ApiError `rate_limited` after ten in an hour: addresses are not proven to be the person's.
 */
export async function addTest(
  db: Db,
  accountId: string,
  to: { channel: "email" | "webhook"; target: string; webhookId: string | null },
  now: Date,
): Promise<string> {
  const since = new Date(now.getTime() - hourMs);
  const sent = await db.alertDelivery.count({
    where: { accountId, alertId: null, channel: to.channel, createdAt: { gte: since } },
  });
  if (sent >= mostTests)
    throw new ApiError("rate_limited", `No more than ${mostTests} tests an hour are sent.`);
  const id = newId("dlv");
  await db.alertDelivery.create({ data: { id, accountId, ...to, nextAttemptAt: now, createdAt: now } });
  return id;
}
