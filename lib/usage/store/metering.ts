import { type Db, runJoinedOn } from "#lib/db/client.ts";
import type { Admission } from "../admission.ts";
import type { Settled } from "../settlement.ts";
import type { Guess } from "./admission.ts";
import { inOrderOf, type Settlement, settledOfTexts, settleStatement } from "./settlement.ts";

/** Null for what was not done and left nothing behind: it has to be asked for on its own. */
export interface Metered {
  admissions: Admission[] | null;
  settled: (Settled | null)[] | null;
}

/**
 * Lets calls through by a guess and settles others, in one transaction and one round trip. Locks are taken in the order windows,
 * quarters, months, as everywhere.
 */
export async function meterTogether(
  db: Db,
  guess: Guess | null,
  settlements: readonly Settlement[],
): Promise<Metered> {
  const settling = settlements.length > 0 ? settleStatement(settlements) : null;
  const statements = [...(guess ? [guess.statement] : []), ...(settling ? [settling] : [])];
  const results = statements.length > 0 ? await runJoinedOn(db, statements) : null;
  if (!results) return { admissions: null, settled: null };
  return {
    admissions: guess?.conclude(results[0]?.[0]) ?? null,
    settled: inOrderOf(settlements, settling ? (results.at(-1) ?? []).map(settledOfTexts) : []),
  };
}
