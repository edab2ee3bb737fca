import type { KeyInfo } from "#lib/keys/store.ts";

/** A key in the JSON of this API: times in ISO 8601, money as the digits of its nano-USD, never the secret. */
export function toKeyRecord(key: KeyInfo) {
  return { ...key, monthlyBudgetNanoUsd: key.monthlyBudgetNanoUsd?.toString() ?? null };
}
