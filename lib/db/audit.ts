import type { AuditValue } from "#lib/ops/audit-value.ts";
import { newId } from "#lib/ops/ids.ts";
import type { Prisma } from "./generated/client.ts";

export interface AuditEntry {
  /** Who did it. */
  actorId: string;
  action: string;
  /** Whose thing it was done to, where that is not the actor. */
  onAccountId?: string;
  /** What it was done to: an account, key, price. */
  targetId?: string;
  before?: Readonly<Record<string, AuditValue>>;
  after?: Readonly<Record<string, AuditValue>>;
  /** From where. */
  address?: string;
}

/** Records an act in the transaction that does it, so that neither is there without the other. */
export async function recordAudit(tx: Prisma.TransactionClient, entry: AuditEntry): Promise<void> {
  const { actorId, action, onAccountId, targetId, before, after, address } = entry;
  await tx.auditEvent.create({
    data: {
      id: newId("aud"),
      accountId: actorId,
      action,
      onAccountId: onAccountId ?? null,
      targetId: targetId ?? null,
      change: { ...(before && { before }), ...(after && { after }) },
      address: address ?? null,
    },
  });
}
