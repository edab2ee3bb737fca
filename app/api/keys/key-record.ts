import type { KeyInfo } from "#lib/keys/store.ts";

/** A key in the JSON of this API: times in ISO 8601, never the secret. */
export function toKeyRecord(key: KeyInfo) {
  const { id, name, start, createdAt, lastUsedAt, revokedAt } = key;
  return { id, name, start, createdAt, lastUsedAt, revokedAt };
}
