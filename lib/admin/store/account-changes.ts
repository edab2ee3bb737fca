import { recordAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { Account, Prisma } from "#lib/db/generated/client.ts";
import type { AuditValue } from "#lib/ops/audit-value.ts";
import type { Plan } from "#lib/usage/admission.ts";

/** Which admin acts, and from where. */
export interface Actor {
  id: string;
  address: string;
}

/** A change by an admin; what is left out stays as it is. */
export interface AccountChange {
  plan?: Plan | undefined;
  monthlyBudgetNanoUsd?: bigint | null | undefined;
  requestsPerDay?: number | null | undefined;
  requestsPerMinute?: number | null | undefined;
}

const changeable = ["plan", "monthlyBudgetNanoUsd", "requestsPerDay", "requestsPerMinute"] as const;

/** Changes an account's plan and limits; false when there is no such account. Admission reads them with the next request. */
export async function changeAccount(
  db: Db,
  actor: Actor,
  id: string,
  change: AccountChange,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const account = await lockAccount(tx, id);
    if (!account) return false;
    const changed = changeable.filter((name) => change[name] !== undefined && change[name] !== account[name]);
    if (changed.length === 0) return true;
    const data = Object.fromEntries(changed.map((name) => [name, change[name]]));
    await tx.account.update({
      where: { id },
      data: { ...data, ...(changed.includes("plan") && { planChangedAt: new Date() }) },
    });
    await recordAudit(tx, {
      actorId: actor.id,
      action: "account.limits_changed",
      onAccountId: id,
      targetId: id,
      before: pick(account, changed),
      after: pick({ ...account, ...data }, changed),
      address: actor.address,
    });
    return true;
  });
}

function pick(account: Account, names: readonly (typeof changeable)[number][]): Record<string, AuditValue> {
  return Object.fromEntries(
    names.map((name) => {
      const value = account[name];
      return [name, typeof value === "bigint" ? value.toString() : value];
    }),
  );
}

/**
 * Disables an account: its sessions end, its running replies are asked to stop, and its keys and chat are refused from the next request on,
 * in every process. False when there is no such account.
 */
export async function disableAccount(db: Db, actor: Actor, id: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const account = await lockAccount(tx, id);
    if (!account) return false;
    if (account.disabledAt) return true;
    const sessions = await shutOut(tx, id, new Date());
    await recordAudit(tx, {
      actorId: actor.id,
      action: "account.disabled",
      onAccountId: id,
      targetId: id,
      before: { disabled: false, sessions },
      after: { disabled: true, sessions: 0 },
      address: actor.address,
    });
    return true;
  });
}

/** Lets a disabled account in again; false when there is none, or it is being deleted. */
export async function enableAccount(db: Db, actor: Actor, id: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const account = await lockAccount(tx, id);
    if (!account || account.deletedAt) return false;
    if (!account.disabledAt) return true;
    await tx.account.update({ where: { id }, data: { disabledAt: null } });
    await recordAudit(tx, {
      actorId: actor.id,
      action: "account.enabled",
      onAccountId: id,
      targetId: id,
      before: { disabled: true },
      after: { disabled: false },
      address: actor.address,
    });
    return true;
  });
}

/** Signs an account out everywhere; gives how many sessions there were, null when there is no such account. */
export async function endSessions(db: Db, actor: Actor, id: string): Promise<number | null> {
  return db.$transaction(async (tx) => {
    if (!(await lockAccount(tx, id))) return null;
    const { count } = await tx.session.deleteMany({ where: { accountId: id } });
    await recordAudit(tx, {
      actorId: actor.id,
      action: "account.sessions_ended",
      onAccountId: id,
      targetId: id,
      before: { sessions: count },
      after: { sessions: 0 },
      address: actor.address,
    });
    return count;
  });
}

/** Ends sessions and replies and disables; gives how many sessions there were. */
export async function shutOut(tx: Prisma.TransactionClient, id: string, now: Date): Promise<number> {
  await tx.account.update({ where: { id }, data: { disabledAt: now } });
  await tx.generation.updateMany({
    where: { accountId: id, status: "running", stopRequestedAt: null },
    data: { stopRequestedAt: now },
  });
  const { count } = await tx.session.deleteMany({ where: { accountId: id } });
  return count;
}

/** The account, which nobody else changes until the transaction ends. */
export async function lockAccount(tx: Prisma.TransactionClient, id: string): Promise<Account | null> {
  await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${id} FOR NO KEY UPDATE`;
  return tx.account.findUnique({ where: { id } });
}
