import { type Db, onConnection, type Query } from "#lib/db/client.ts";
import type { Admission, Call } from "../admission.ts";
import { type Counters, type Holders, holdersOf, judgeCall, type KnownPayer } from "../judge-calls.ts";
import { lockCounters, makeCounters, readPayers } from "./admission-reads.ts";
import { type AdmittedCall, writeAdmitted } from "./admission-writes.ts";

/** The first call of a key, day or month has counters to make; midnight may fall in between. */
const maxRuns = 5;

/**
 * Lets calls through, or refuses them, exactly: a limit of n lets n calls through, whatever their parallelism and the
 * number of processes. What is admitted leaves a `reserved` row, to be settled once; what is refused consumes nothing.
 * The calls are judged in their order, in one transaction; of a batch, all or nothing is recorded. Results are in the calls' order.
 */
export function admitBatch(db: Db, calls: readonly Call[]): Promise<Admission[]> {
  return onConnection(db, async (query) => {
    for (let run = 0; run < maxRuns; run += 1) {
      const asked = await findPayers(query, calls);
      const results = await admitKnown(query, asked);
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

interface AskedCall {
  call: Call;
  now: Date;
  payer: KnownPayer | undefined;
  holders: Holders | null;
}

async function findPayers(query: Query, calls: readonly Call[]): Promise<AskedCall[]> {
  const payers = await readPayers(query, calls);
  const clock = new Date();
  return calls.map((call) => {
    const now = call.now ?? clock;
    const payer = payers.get(call.payer.kind === "key" ? call.payer.hash : call.payer.accountId);
    return { call, now, payer, holders: payer ? holdersOf(payer, call, now) : null };
  });
}

/**
 * Locks the counters, always in the order windows, quotas, months, each sorted; judges; writes. Null when a counter was not there
 * to be locked: then nothing is held any more and it has been made, for another run.
 */
async function admitKnown(query: Query, asked: readonly AskedCall[]): Promise<Admission[] | null> {
  const holders = asked.flatMap((each) => each.holders ?? []);
  if (holders.length === 0) return judgeAll(asked, emptyCounters()).map(({ admission }) => admission);
  await query("BEGIN");
  const counters = await lockCounters(query, holders);
  if (counters === null) {
    await query("ROLLBACK");
    await makeCounters(query, holders);
    return null;
  }
  const judged = judgeAll(asked, counters);
  const admitted = judged.flatMap(
    ({ asked: { call, now, payer, holders: own }, admission }): AdmittedCall[] =>
      admission.ok && payer && own ? [{ call, now, payer, holders: own }] : [],
  );
  if (admitted.length > 0) await writeAdmitted(query, admitted, counters);
  await query("COMMIT");
  return judged.map(({ admission }) => admission);
}

function judgeAll(asked: readonly AskedCall[], counters: Counters) {
  return asked.map((each) => ({
    asked: each,
    admission: judgeCall(each.payer, each.call, each.now, counters),
  }));
}

function emptyCounters(): Counters {
  return { windows: new Map(), quotas: new Map(), months: new Map() };
}
