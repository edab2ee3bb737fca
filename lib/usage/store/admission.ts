import { type Db, onMeteringConnection, type Query } from "#lib/db/client.ts";
import type { Statement, TextRow } from "#lib/db/joined-statements.ts";
import type { Admission, Call } from "../admission.ts";
import { type Counters, type Holders, holdersOf, judgeCall } from "../judge-calls.ts";
import { type FoundPayer, lockCounters, makeCounters, payerIdOf, readPayers } from "./admission-reads.ts";
import {
  type AdmittedCall,
  needsWindowsOnly,
  unchangedStatement,
  writeAdmitted,
} from "./admission-writes.ts";
import { noMemory, type PayerMemory } from "./payer-memory.ts";

/** The first call of a key, day or month has counters to make; midnight may fall in between. */
const maxRuns = 5;

/**
 * Lets calls through, or refuses them, exactly: a limit of n lets n calls through, whatever their parallelism and the
 * number of processes. What is admitted leaves a `reserved` row, to be settled once; what is refused consumes nothing.
 * The calls are judged in their order; of a batch, all or nothing is recorded. Results are in the calls' order. What a process with
 * a memory admits so, `guessAdmission` can admit next time.
 */
export function admitBatch(db: Db, calls: readonly Call[], memory = noMemory): Promise<Admission[]> {
  return onMeteringConnection(db, async (query) => {
    const payers = await readPayers(query, calls);
    const atOnce = await admitUnchanged(query, ask(calls, payers), memory);
    if (atOnce) return atOnce;
    for (let run = 0; run < maxRuns; run += 1) {
      const results = await admitLocked(query, ask(calls, await readPayers(query, calls)));
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
  found: FoundPayer | undefined;
  holders: Holders | null;
}

function ask(calls: readonly Call[], payers: ReadonlyMap<string, FoundPayer>): AskedCall[] {
  const clock = new Date();
  return calls.map((call) => {
    const now = call.now ?? clock;
    const found = payers.get(payerIdOf(call));
    return { call, now, found, holders: found ? holdersOf(found.payer, call, now) : null };
  });
}

/**
 * Judges by what nobody holds, and writes only if it is still the same then: no lock is kept from one statement to the next.
 * Null, with nothing written, where more than windows is counted, one is missing, or somebody was faster.
 */
async function admitUnchanged(
  query: Query,
  asked: readonly AskedCall[],
  memory: PayerMemory,
): Promise<Admission[] | null> {
  const judged = judgeUnchanged(asked);
  if (!judged) return null;
  if (judged.admitted.length === 0) return judged.admissions;
  const { text, values } = unchangedStatement(judged.admitted, judged.counters);
  const [row] = await query<{ version: string }>(text, [...values]);
  if (!row) return null;
  memory.remember(movedBy(judged, row.version));
  return judged.admissions;
}

/** A guess at what a batch may be admitted by, to be written with other statements. */
export interface Guess {
  statement: Statement;
  /** The admissions, where the statement had a row; null, with nothing written, where the guess was wrong. */
  conclude(row: TextRow | undefined): Admission[] | null;
}

/**
 * What `admitBatch` would do with calls of remembered payers if nothing has changed since this process last saw them. Null unless it lets
 * all of them through: nobody is refused by what may have changed.
 */
export function guessAdmission(calls: readonly Call[], memory: PayerMemory): Guess | null {
  const payers = new Map<string, FoundPayer>();
  for (const id of calls.map(payerIdOf)) {
    const found = memory.recall(id);
    if (!found) return null;
    payers.set(id, found);
  }
  const judged = judgeUnchanged(ask(calls, payers));
  if (!judged || judged.admitted.length < calls.length) return null;
  return {
    statement: unchangedStatement(judged.admitted, judged.counters),
    conclude(row) {
      const version = row?.[0];
      if (version) memory.remember(movedBy(judged, version));
      else memory.forget([...payers.keys()]);
      return version ? judged.admissions : null;
    },
  };
}

type Judged = ReturnType<typeof judgeAll> & { counters: Counters };

function judgeUnchanged(asked: readonly AskedCall[]): Judged | null {
  const counters = noCounters();
  for (const { found, holders, now } of asked) {
    if (!found || !holders) continue;
    if (!found.window || !needsWindowsOnly({ payer: found.payer, holders, now })) return null;
    counters.windows.set(holders.subject, found.window);
  }
  return { ...judgeAll(asked, counters), counters };
}

/** The payers of what was admitted, with their windows as they were written. */
function movedBy({ admitted, counters }: Judged, version: string): Map<string, FoundPayer> {
  return new Map(
    admitted.flatMap(({ call, found, holders }) => {
      const window = counters.windows.get(holders.subject);
      return window ? [[payerIdOf(call), { ...found, window: { ...window, version } }]] : [];
    }),
  );
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
  for (const { call, now, found, holders } of asked) {
    const admission = judgeCall(found?.payer, call, now, counters, holders);
    admissions.push(admission);
    if (admission.ok && found && holders) admitted.push({ call, now, payer: found.payer, found, holders });
  }
  return { admissions, admitted };
}

function noCounters(): Counters {
  return { windows: new Map(), quotas: new Map(), months: new Map() };
}
