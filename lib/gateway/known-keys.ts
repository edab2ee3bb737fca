import { createBatcher } from "#lib/ops/batcher.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { invalidKey } from "./authenticate.ts";

/**
 * Tells keys that were made once from those that never were, before a call is read. A flood of made-up keys then costs a look at an index
 * each, apart from where good calls are admitted. What a key may do, and whether it still may, is not decided here.
 */
export interface KnownKeys {
  /** @throws ApiError `invalid_key` for a key that was never made. */
  require(payer: Payer): Promise<void>;
}

/** Keys kept in mind, the last found; the others are looked for again. */
const maxKept = 50_000;
const maxBatch = 256;

/** @param findHashes which of these hashes belong to keys */
export function createKnownKeys(
  findHashes: (hashes: readonly string[]) => Promise<readonly string[]>,
): KnownKeys {
  const kept = new Set<string>();
  const exists = createBatcher(async (hashes: readonly string[]) => {
    const found = new Set(await findHashes(hashes));
    return hashes.map((hash) => found.has(hash));
  }, maxBatch);

  return {
    async require(payer) {
      if (payer.kind === "account" || kept.has(payer.hash)) return;
      if (!(await exists(payer.hash))) throw invalidKey();
      if (kept.size >= maxKept) kept.delete(kept.values().next().value ?? "");
      kept.add(payer.hash);
    },
  };
}
