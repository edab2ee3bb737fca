import { emailKeyOf } from "#lib/accounts/account.ts";
import type { Db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import type { Plan } from "#lib/usage/admission.ts";
import { monthAround } from "#lib/usage/allowances.ts";
import type { AccountDetail, AccountState, ListedAccount } from "../account-views.ts";
import { parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { olderThan } from "./older-than.ts";

export interface AccountFilter {
  /** A part of the e-mail or the name, or an id. */
  search?: string | undefined;
  plan?: Plan | undefined;
  state?: "active" | "disabled" | undefined;
}

const pageSize = 50;

/** Accounts of the installation, the newest first. For admins. */
export async function listAccounts(
  db: Db,
  filter: AccountFilter,
  { after, now }: { after: string | undefined; now: Date },
): Promise<{ accounts: ListedAccount[]; nextCursor: string | null }> {
  const rows = await db.account.findMany({
    where: {
      AND: [
        ...(filter.search ? [searched(filter.search)] : []),
        ...(filter.plan ? [{ plan: filter.plan }] : []),
        ...(filter.state ? [{ disabledAt: filter.state === "active" ? null : { not: null } }] : []),
        olderThan(parsePageCursor(after)),
      ],
    },
    select: {
      id: true,
      email: true,
      name: true,
      plan: true,
      disabledAt: true,
      deletedAt: true,
      createdAt: true,
      monthlyBudgetNanoUsd: true,
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  const spent = await monthSpends(
    db,
    page.map(({ id }) => id),
    now,
  );
  return {
    accounts: page.map(({ monthlyBudgetNanoUsd, disabledAt, deletedAt, ...row }) => ({
      ...row,
      state: stateOf({ disabledAt, deletedAt }),
      spentNanoUsd: spent.get(row.id) ?? 0n,
      budgetNanoUsd: monthlyBudgetNanoUsd,
    })),
    nextCursor: rows.length > pageSize && last ? toPageCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

function searched(text: string): Prisma.AccountWhereInput {
  return {
    OR: [
      { emailKey: { contains: emailKeyOf(text) } },
      { name: { contains: text.trim(), mode: "insensitive" } },
      { id: text.trim() },
    ],
  };
}

async function monthSpends(db: Db, ids: readonly string[], now: Date): Promise<Map<string, bigint>> {
  const rows = await db.budgetMonth.findMany({
    where: { holderId: { in: [...ids] }, month: monthAround(now).start },
    select: { holderId: true, spentNanoUsd: true },
  });
  return new Map(rows.map(({ holderId, spentNanoUsd }) => [holderId, spentNanoUsd]));
}

function stateOf({
  disabledAt,
  deletedAt,
}: {
  disabledAt: Date | null;
  deletedAt: Date | null;
}): AccountState {
  if (deletedAt) return "deleting";
  return disabledAt ? "disabled" : "active";
}

/** All an admin sees of one account; null when there is none. */
export async function getAccountDetail(db: Db, id: string, now: Date): Promise<AccountDetail | null> {
  const day = new Date(`${now.toISOString().slice(0, 10)}T00:00:00Z`);
  const row = await db.account.findUnique({
    where: { id },
    include: {
      sessions: { where: { expiresAt: { gt: now } }, orderBy: { lastSeenAt: "desc" }, take: 50 },
      keys: { orderBy: { createdAt: "desc" }, take: 50 },
      dailyQuotas: { where: { day } },
      requests: { orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: 1, select: { createdAt: true } },
      _count: { select: { chats: { where: { deletedAt: null } } } },
    },
  });
  if (!row) return null;
  const [spent, files] = await Promise.all([
    monthSpends(db, [id], now),
    db.attachment.aggregate({ where: { accountId: id }, _count: true, _sum: { sizeBytes: true } }),
  ]);
  return {
    id,
    email: row.email,
    name: row.name,
    plan: row.plan,
    state: stateOf(row),
    createdAt: row.createdAt,
    spentNanoUsd: spent.get(id) ?? 0n,
    budgetNanoUsd: row.monthlyBudgetNanoUsd,
    requestsPerDay: row.requestsPerDay,
    requestsPerMinute: row.requestsPerMinute,
    usedToday: row.dailyQuotas[0]?.used ?? 0,
    sessions: row.sessions.map(({ id: sessionId, userAgent, createdAt, lastSeenAt }) => ({
      id: sessionId,
      userAgent,
      createdAt,
      lastSeenAt,
    })),
    keys: row.keys.map(({ id: keyId, name, start, lastUsedAt, revokedAt }) => ({
      id: keyId,
      name,
      start,
      lastUsedAt,
      revokedAt,
    })),
    chats: row._count.chats,
    files: { count: files._count, sizeBytes: files._sum.sizeBytes ?? 0 },
    lastRequestAt: row.requests[0]?.createdAt ?? null,
  };
}

/** E-mails by account id; deleted accounts are left out. */
export async function getEmails(db: Db, ids: readonly string[]): Promise<Record<string, string>> {
  const rows = await db.account.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, email: true },
  });
  return Object.fromEntries(rows.map(({ id, email }) => [id, email]));
}

/** Names of keys and the e-mails of their accounts, by key id. */
export async function getKeyNames(
  db: Db,
  ids: readonly string[],
): Promise<Record<string, { name: string; email: string }>> {
  if (ids.length === 0) return {};
  const rows = await db.key.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, account: { select: { email: true } } },
  });
  return Object.fromEntries(rows.map(({ id, name, account }) => [id, { name, email: account.email }]));
}

/** What all accounts together have spent in the UTC month that holds `now`, in nano-USD. */
export async function getInstallationMonth(db: Db, now: Date): Promise<bigint> {
  const [row] = await db.$queryRaw<{ spent: bigint }[]>`
    SELECT coalesce(sum(spent_nano_usd), 0)::bigint AS spent FROM budget_months JOIN accounts ON id = holder_id
    WHERE month = ${monthAround(now).start}::date`;
  return row?.spent ?? 0n;
}
