import type { Db } from "#lib/db/client.ts";
import { createBatcher } from "#lib/ops/batcher.ts";
import type { Admission, Call } from "#lib/usage/admission.ts";
import type { Outcome, Settled } from "#lib/usage/settlement.ts";
import { admitBatch, guessAdmission } from "#lib/usage/store/admission.ts";
import { payerIdOf } from "#lib/usage/store/admission-reads.ts";
import { type Metered, meterTogether } from "#lib/usage/store/metering.ts";
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
 * Transactions under way at a time: the second is sent before the first has answered, so that PostgreSQL goes from one to the next
 * without waiting for this process. More would only make them smaller.
 */
const maxUnderWay = 2;

/** So many make the second one worth its own commit; fewer wait for the first to end, about as long as they would take. */
const leastForSecond = 3;

interface WaitingCall {
  call: Call;
  resolve(admission: Admission | Promise<Admission>): void;
}

interface WaitingSettlement {
  settlement: Settlement;
  resolve(settled: Settled | null | Promise<Settled | null>): void;
}

/**
 * Metering in the database. What comes in one turn of the event loop, or while transactions are under way, shares one, admissions and
 * settlements alike: one round trip and one wait for the disk for all of them. Calls that cannot be admitted so, because their payer is not
 * remembered, counts in more than a minute's requests or is served by other processes too, share transactions of their own meanwhile.
 */
export function createMetering(db: Db): Metering {
  const memory = createPayerMemory(() => performance.now());
  const admitAlone = createBatcher((calls: readonly Call[]) => admitBatch(db, calls, memory), maxBatch);
  const settleAlone = createBatcher((each: readonly Settlement[]) => settleBatch(db, each), maxBatch);
  let calls: WaitingCall[] = [];
  const endings: WaitingSettlement[] = [];
  /** What their windows are afterwards is known when their batch has answered; until then there is nothing to guess by. */
  const payersUnderWay = new Set<string>();
  let underWay = 0;
  let isStarting = false;

  function start(): void {
    if (isStarting || underWay >= maxUnderWay) return;
    isStarting = true;
    // After this turn of the event loop, so that what arrives in it goes together.
    setImmediate(() => {
      isStarting = false;
      if (underWay > 0 && calls.length + endings.length < leastForSecond) return;
      const known = takeKnown();
      const ending = endings.splice(0, maxBatch);
      if (known.length > 0 || ending.length > 0) void meter(known, ending);
    });
  }

  /** Takes the calls that can be guessed at, and hands on those whose payers are not remembered. */
  function takeKnown(): WaitingCall[] {
    const known: WaitingCall[] = [];
    const later: WaitingCall[] = [];
    for (const each of calls) {
      const payer = payerIdOf(each.call);
      if (payersUnderWay.has(payer) || known.length === maxBatch) later.push(each);
      else if (memory.recall(payer) === null) each.resolve(admitAlone(each.call));
      else known.push(each);
    }
    calls = later;
    return known;
  }

  async function meter(known: readonly WaitingCall[], ending: readonly WaitingSettlement[]): Promise<void> {
    const payers = new Set(known.map(({ call }) => payerIdOf(call)));
    underWay += 1;
    for (const payer of payers) payersUnderWay.add(payer);
    const done = await tryTogether(
      known.map(({ call }) => call),
      ending.map(({ settlement }) => settlement),
    );
    underWay -= 1;
    for (const payer of payers) payersUnderWay.delete(payer);
    for (const [at, { call, resolve }] of known.entries()) resolve(done.admissions?.[at] ?? admitAlone(call));
    for (const [at, { settlement, resolve }] of ending.entries())
      resolve(done.settled ? (done.settled[at] ?? null) : settleAlone(settlement));
    if (calls.length > 0 || endings.length > 0) start();
  }

  async function tryTogether(
    admitted: readonly Call[],
    settlements: readonly Settlement[],
  ): Promise<Metered> {
    try {
      const guess = admitted.length > 0 ? guessAdmission(admitted, memory) : null;
      return await meterTogether(db, guess, settlements);
    } catch {
      // It was rolled back; done on its own, each part of it tells its own failure.
      return { admissions: null, settled: null };
    }
  }

  return {
    admit: (call) =>
      new Promise((resolve) => {
        calls.push({ call, resolve });
        start();
      }),
    settle: (requestId, outcome) =>
      new Promise((resolve) => {
        endings.push({ settlement: { requestId, outcome }, resolve });
        start();
      }),
  };
}
