import type { AuditValue } from "#lib/ops/audit-value.ts";

/** One act, as the audit page shows it. */
export interface AuditEvent {
  id: string;
  createdAt: Date;
  action: string;
  actor: AuditParty;
  /** Whose thing it was done to; null where that is the actor. */
  on: AuditParty | null;
  targetId: string | null;
  before: Readonly<Record<string, AuditValue>>;
  after: Readonly<Record<string, AuditValue>>;
  address: string | null;
}

export interface AuditParty {
  id: string;
  /** Null once the account is deleted. */
  email: string | null;
}
