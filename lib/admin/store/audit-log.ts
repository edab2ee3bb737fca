import { z } from "zod";
import { emailKeyOf } from "#lib/accounts/account.ts";
import type { Db } from "#lib/db/client.ts";
import type { AuditEvent } from "../audit-event.ts";
import { parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { olderThan } from "./older-than.ts";

export interface AuditFilter {
  /** An account's id or e-mail: what it did, and what was done to it. */
  account?: string | undefined;
  action?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

const pageSize = 50;

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).catch({});
const changeSchema = z.object({ before: values.default({}), after: values.default({}) });

/** Acts of the whole installation that the filter lets through, the newest first. For admins. */
export async function listAuditEvents(
  db: Db,
  filter: AuditFilter,
  after: string | undefined,
): Promise<{ events: AuditEvent[]; nextCursor: string | null }> {
  const owner = filter.account ? await findAccountId(db, filter.account) : null;
  const rows = await db.auditEvent.findMany({
    where: {
      AND: [
        ...(owner === null ? [] : [{ OR: [{ accountId: owner }, { onAccountId: owner }] }]),
        ...(filter.action ? [{ action: filter.action }] : []),
        ...(filter.from ? [{ createdAt: { gte: filter.from } }] : []),
        ...(filter.to ? [{ createdAt: { lt: filter.to } }] : []),
        olderThan(parsePageCursor(after)),
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  const emails = await emailsOf(
    db,
    page.flatMap(({ accountId, onAccountId }) => [accountId, ...(onAccountId === null ? [] : [onAccountId])]),
  );
  const party = (id: string) => ({ id, email: emails.get(id) ?? null });
  return {
    events: page.map(({ accountId, onAccountId, change, ...row }) => ({
      ...row,
      ...changeSchema.parse(change),
      actor: party(accountId),
      on: onAccountId === null ? null : party(onAccountId),
    })),
    nextCursor: rows.length > pageSize && last ? toPageCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

/** Every kind of act there is in the audit. */
export async function listAuditActions(db: Db): Promise<string[]> {
  const rows = await db.auditEvent.findMany({
    distinct: ["action"],
    select: { action: true },
    orderBy: { action: "asc" },
  });
  return rows.map(({ action }) => action);
}

/** What is no e-mail of an account is taken for an id, so that deleted accounts can be asked for. */
async function findAccountId(db: Db, text: string): Promise<string> {
  const found = await db.account.findUnique({ where: { emailKey: emailKeyOf(text) }, select: { id: true } });
  return found?.id ?? text.trim();
}

async function emailsOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.account.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, email: true },
  });
  return new Map(rows.map(({ id, email }) => [id, email]));
}
