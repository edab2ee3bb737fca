import type { Db } from "#lib/db/client.ts";
import { createBatcher } from "#lib/ops/batcher.ts";
import type { Admission, Call } from "#lib/usage/admission.ts";
import type { Outcome, Settled } from "#lib/usage/settlement.ts";
import { admitBatch, guessAdmission } from "#lib/usage/store/admission.ts";
import { payerIdOf } from "#lib/usage/store/admission-reads.ts";
import { meterTogether } from "#lib/usage/store/metering.ts";
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

interface WaitingCall {
  call: Call;
  resolve(admission: Admission | Promise<Admission>): void;
}

interface WaitingSettlement {
  settlement: Settlement;
  resolve(settled: Settled | null | Promise<Settled | null>): void;
}

/**
 * Metering in the database. What comes while a transaction runs shares the next one, admissions and settlements alike: one round trip
 * and one wait for the disk for all of them. Calls that cannot be admitted so, because their payer is not remembered, counts in more than
 * a minute's requests or is served by other processes too, share transactions of their own meanwhile.
 */
export function createMetering(db: Db): Metering {
  const memory = createPayerMemory(() => performance.now());
  const admitAlone = createBatcher((calls: readonly Call[]) => admitBatch(db, calls, memory), maxBatch);
  const settleAlone = createBatcher((each: readonly Settlement[]) => settleBatch(db, each), maxBatch);

  async function meter(items: readonly (WaitingCall | WaitingSettlement)[]): Promise<null[]> {
    const waiting = items.filter((item) => "call" in item);
    const known = waiting.filter(({ call }) => memory.recall(payerIdOf(call)) !== null);
    const calls = known.map(({ call }) => call);
    const guess = calls.length > 0 ? guessAdmission(calls, memory) : null;
    for (const each of waiting) {
      if (!guess || !known.includes(each)) each.resolve(admitAlone(each.call));
    }
    const ending = items.filter((item) => "settlement" in item);
    const settlements = ending.map(({ settlement }) => settlement);
    // What fails is rolled back; done on its own, each part of it tells its own failure.
    const nothing = { admissions: null, settled: null };
    const done = await meterTogether(db, guess, settlements).catch(() => nothing);
    if (guess) {
      for (const [at, { call, resolve }] of known.entries())
        resolve(done.admissions?.[at] ?? admitAlone(call));
    }
    for (const [at, { settlement, resolve }] of ending.entries())
      resolve(done.settled ? (done.settled[at] ?? null) : settleAlone(settlement));
    return items.map(() => null);
  }

  const join = createBatcher(meter, maxBatch);
  return {
    admit: (call) => new Promise((resolve, reject) => join({ call, resolve }).catch(reject)),
    settle: (requestId, outcome) =>
      new Promise((resolve, reject) => join({ settlement: { requestId, outcome }, resolve }).catch(reject)),
  };
}
