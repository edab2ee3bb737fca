import { recordAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { Webhook as Row } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { openText, sealText } from "#lib/ops/seal.ts";
import { makeWebhookSecret } from "../signature.ts";

export interface WebhookInfo {
  id: string;
  url: string;
  enabled: boolean;
  createdAt: Date;
  /** Until when the secret before the last rotation signs too. */
  previousUntil: Date | null;
}

export const maxWebhooks = 10;
const overlapMs = 24 * 60 * 60_000;

/** The account's webhooks, oldest first. */
export async function listWebhooks(db: Db, accountId: string): Promise<WebhookInfo[]> {
  const rows = await db.webhook.findMany({
    where: { accountId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toInfo);
}

/** One of them; null when the account has no such webhook. */
export async function getWebhook(db: Db, accountId: string, id: string): Promise<WebhookInfo | null> {
  const row = await db.webhook.findFirst({ where: { id, accountId } });
  return row && toInfo(row);
}

/** Adds a webhook and gives its secret, this once. Null when the account has as many as it may. */
export async function addWebhook(
  db: Db,
  authSecret: string,
  accountId: string,
  url: string,
): Promise<{ webhook: WebhookInfo; secret: string } | null> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId} FOR NO KEY UPDATE`;
    if ((await tx.webhook.count({ where: { accountId } })) >= maxWebhooks) return null;
    const id = newId("whk");
    const secret = makeWebhookSecret();
    const sealedSecret = sealText(authSecret, placeOf(id), secret);
    const row = await tx.webhook.create({ data: { id, accountId, url, sealedSecret } });
    await recordAudit(tx, { actorId: accountId, action: "webhook.created", targetId: id });
    return { webhook: toInfo(row), secret };
  });
}

/** Switches a webhook off or on. Null when the account has no such webhook. */
export async function setWebhookEnabled(
  db: Db,
  accountId: string,
  id: string,
  enabled: boolean,
): Promise<WebhookInfo | null> {
  const changed = await db.webhook.updateManyAndReturn({ where: { id, accountId }, data: { enabled } });
  return changed[0] ? toInfo(changed[0]) : null;
}

/** Gives a webhook a new secret, this once; for a day the old one signs beside it. Null when the account has no such webhook. */
export async function rotateWebhookSecret(
  db: Db,
  authSecret: string,
  { accountId, id, now }: { accountId: string; id: string; now: Date },
): Promise<{ webhook: WebhookInfo; secret: string } | null> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM webhooks WHERE id = ${id} AND account_id = ${accountId} FOR UPDATE`;
    const old = await tx.webhook.findFirst({ where: { id, accountId } });
    if (!old) return null;
    const secret = makeWebhookSecret();
    const row = await tx.webhook.update({
      where: { id },
      data: {
        sealedSecret: sealText(authSecret, placeOf(id), secret),
        previousSealedSecret: old.sealedSecret,
        previousUntil: new Date(now.getTime() + overlapMs),
      },
    });
    await recordAudit(tx, { actorId: accountId, action: "webhook.rotated", targetId: id });
    return { webhook: toInfo(row), secret };
  });
}

/** Deletes a webhook; what was delivered to it stays in the log. False when the account has no such webhook. */
export async function deleteWebhook(db: Db, accountId: string, id: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const gone = await tx.webhook.deleteMany({ where: { id, accountId } });
    if (gone.count === 0) return false;
    await recordAudit(tx, { actorId: accountId, action: "webhook.deleted", targetId: id });
    return true;
  });
}

/** The secrets of a webhook, out of what `DueDelivery` holds of them; null where they were sealed under another `AUTH_SECRET`. */
export function openSecrets(
  authSecret: string,
  webhookId: string,
  sealed: readonly Uint8Array[],
): string[] | null {
  try {
    return sealed.map((each) => openText(authSecret, placeOf(webhookId), each));
  } catch {
    return null;
  }
}

function placeOf(id: string): string {
  return `webhooks.sealed_secret ${id}`;
}

function toInfo({ id, url, enabled, createdAt, previousUntil }: Row): WebhookInfo {
  return { id, url, enabled, createdAt, previousUntil };
}
