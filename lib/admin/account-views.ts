import type { Plan } from "#lib/usage/admission.ts";

export type AccountState = "active" | "disabled" | "deleting";

export interface ListedAccount {
  id: string;
  email: string;
  name: string | null;
  plan: Plan;
  state: AccountState;
  createdAt: Date;
  /** In this UTC month. */
  spentNanoUsd: bigint;
  budgetNanoUsd: bigint | null;
}

export interface AccountDetail extends ListedAccount {
  /** Instead of the plan's; null for the plan's. */
  requestsPerDay: number | null;
  requestsPerMinute: number | null;
  usedToday: number;
  sessions: { id: string; userAgent: string; createdAt: Date; lastSeenAt: Date }[];
  keys: { id: string; name: string; start: string; lastUsedAt: Date | null; revokedAt: Date | null }[];
  chats: number;
  files: { count: number; sizeBytes: number };
  lastRequestAt: Date | null;
}
