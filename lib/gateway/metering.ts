import type { Db } from "#lib/db/client.ts";
import { createBatcher } from "#lib/ops/batcher.ts";
import type { Admission, Call } from "#lib/usage/admission.ts";
import type { Outcome, Settled } from "#lib/usage/settlement.ts";
import { admitBatch } from "#lib/usage/store/admission.ts";
import { createPayerMemory } from "#lib/usage/store/payer-memory.ts";
import { type Settlement, settleBatch } from "#lib/usage/store/settlement.ts";

/** Who lets calls through and records how they ended. */
export interface Metering {
  admit(call: Call): Promise<Admission>;
  /** Null when it was settled already. */
  settle(requestId: string, outcome: Outcome): Promise<Settled | null>;
}

/** Of one batch; a flood is worked off in pieces, so that no transaction grows long. */
const maxBatch = 128;

/**
 * Metering in the database. Calls that come while a transaction runs share the next one: one commit, and so one wait for the disk,
 * for all of them. Admissions and settlements do not wait for each other.
 */
export function createMetering(db: Db): Metering {
  const memory = createPayerMemory(() => performance.now());
  const admit = createBatcher((calls: readonly Call[]) => admitBatch(db, calls, memory), maxBatch);
  const settle = createBatcher(
    (settlements: readonly Settlement[]) => settleBatch(db, settlements),
    maxBatch,
  );
  return { admit, settle: (requestId, outcome) => settle({ requestId, outcome }) };
}
