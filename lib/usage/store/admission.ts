import { type Db, onConnection, type Query } from "#lib/db/client.ts";
import type { Admission, Call } from "../admission.ts";
import {
  type Counters,
  type Holders,
  holdersOf,
  judgeCall,
  type KnownPayer,
  type RateWindow,
} from "../judge-calls.ts";
import { lockCounters, makeCounters, readPayers } from "./admission-reads.ts";
import { type AdmittedCall, needsWindowsOnly, writeAdmitted, writeUnchanged } from "./admission-writes.ts";

/** The first call of a key, day or month has counters to make; midnight may fall in between. */
const maxRuns = 5;

/**
 * Lets calls through, or refuses them, exactly: a limit of n lets n calls through, whatever their parallelism and the
 * number of processes. What is admitted leaves a `reserved` row, to be settled once; what is refused consumes nothing.
 * The calls are judged in their order; of a batch, all or nothing is recorded. Results are in the calls' order.
 */
export function admitBatch(db: Db, calls: readonly Call[]): Promise<Admission[]> {
  return onConnection(db, async (query) => {
    const found = await findPayers(query, calls);
    const atOnce = await admitUnchanged(query, found);
    if (atOnce) return atOnce;
    for (let run = 0; run < maxRuns; run += 1) {
      const results = await admitLocked(query, await findPayers(query, calls));
      if (results) return results;
    }
    throw new Error("The counters of a call could not be prepared.");
  });
}

/** The same for one call. */
export async function admit(db: Db, call: Call): Promise<Admission> {
  const [admission] = await admitBatch(db, [call]);
  if (!admission) throw new Error("The admission gave no result.");
  return admission;
}

/** A call whose payer is known, and what it counts in; null where it is refused without counting. */
interface AskedCall {
  call: Call;
  now: Date;
  payer: KnownPayer | undefined;
  holders: Holders | null;
  /** As it was read, unlocked. */
  window: RateWindow | null;
}

async function findPayers(query: Query, calls: readonly Call[]): Promise<AskedCall[]> {
  const payers = await readPayers(query, calls);
  const clock = new Date();
  return calls.map((call) => {
    const now = call.now ?? clock;
    const found = payers.get(call.payer.kind === "key" ? call.payer.hash : call.payer.accountId);
    const holders = found ? holdersOf(found.payer, call, now) : null;
    return { call, now, payer: found?.payer, holders, window: found?.window ?? null };
  });
}

/**
 * Judges by windows that nobody holds, and writes only if they are still the same then: two statements and no lock kept between
 * them. Null, with nothing written, where more than windows is counted, one is missing, or somebody was faster.
 */
async function admitUnchanged(query: Query, asked: readonly AskedCall[]): Promise<Admission[] | null> {
  const seen = noCounters();
  for (const { payer, holders, now, window } of asked) {
    if (!payer || !holders) continue;
    if (!window || !needsWindowsOnly({ payer, holders, now })) return null;
    seen.windows.set(holders.subject, window);
  }
  const counters = { ...seen, windows: new Map(seen.windows) };
  const { admissions, admitted } = judgeAll(asked, counters);
  if (admitted.length === 0 || (await writeUnchanged(query, admitted, counters, seen))) return admissions;
  return null;
}

/**
 * Locks the counters, always in the order windows, quotas, months, each sorted; judges; writes; all in one transaction. Null when a
 * counter was not there to be locked: then nothing is held any more and it has been made, for another run.
 */
async function admitLocked(query: Query, asked: readonly AskedCall[]): Promise<Admission[] | null> {
  const holders = asked.flatMap((each) => each.holders ?? []);
  if (holders.length === 0) return judgeAll(asked, noCounters()).admissions;
  await query("BEGIN");
  const counters = await lockCounters(query, holders);
  if (counters === null) {
    await query("ROLLBACK");
    await makeCounters(query, holders);
    return null;
  }
  const { admissions, admitted } = judgeAll(asked, counters);
  if (admitted.length > 0) await writeAdmitted(query, admitted, counters);
  await query("COMMIT");
  return admissions;
}

function judgeAll(asked: readonly AskedCall[], counters: Counters) {
  const admissions: Admission[] = [];
  const admitted: AdmittedCall[] = [];
  for (const { call, now, payer, holders } of asked) {
    const admission = judgeCall(payer, call, now, counters);
    admissions.push(admission);
    if (admission.ok && payer && holders) admitted.push({ call, now, payer, holders });
  }
  return { admissions, admitted };
}

function noCounters(): Counters {
  return { windows: new Map(), quotas: new Map(), months: new Map() };
}
