import type { PGlite } from "@electric-sql/pglite";
import { encodeQuery } from "./frontend-messages.ts";
import { keptNamePrefix } from "./statement-names.ts";

const code = (type: string) => type.charCodeAt(0);

/** Frontend messages after which PostgreSQL is ready for another batch: Query, Sync, FunctionCall, Terminate, and the untyped ones. */
const ENDS_BATCH = new Set([..."QSFX", "\0"].map(code));
/** Frontend messages whose answers PostgreSQL keeps back until a Sync or Flush: Parse, Bind, Describe, Execute, Close. */
const ANSWERED_LATER = new Set([..."PBDEC"].map(code));
/** So much of them is kept back at most: rows of a large result go out as they come. */
const MAX_ANSWER_BYTES = 65_536;
const SYNC = Uint8Array.of(code("S"), 0, 0, 0, 4);
const PARSE_COMPLETE = Uint8Array.of(code("1"), 0, 0, 0, 4);
const DISCARD_PLANS = encodeQuery("DISCARD PLANS");

/**
 * How much may arrive until the plans of kept statements are made anew. They were made for tables as large as they were then, which
 * nothing here analyses; no table grows without bytes arriving.
 */
const BYTES_BEFORE_NEW_PLANS = 1_048_576;

/** The name of `createStatementNames` that a Parse message gives its statement; null for any other message. */
function keptName(message: Uint8Array): string | null {
  if (message[0] !== code("P")) return null;
  const name = Buffer.from(message.subarray(5, message.indexOf(0, 5))).toString("latin1");
  return name.startsWith(keptNamePrefix) ? name : null;
}

/**
 * Lets several connections share the one session of a PGlite. The socket server queues message by message and keeps only
 * transactions together, so:
 * - A batch of the extended protocol (Parse, Bind, Execute … Sync) counts as a transaction until its Sync. Else one whose bytes arrive
 *   in two reads would be mixed with another connection's, which then runs the wrong statement or gives no row.
 * - A statement that one connection has prepared is prepared for all of them. Its name tells its text, so a connection that prepares
 *   it too, first in a batch as queries do, is answered at once.
 * - The answers to a batch are written to the socket together.
 */
export function shareSession(db: PGlite): void {
  const prepared = new Set<string>();
  let inBatch = false;
  let received = 0;
  let answers: Uint8Array[] = [];
  let answerBytes = 0;
  const run = db.execProtocolRawStream.bind(db);
  const isInTransaction = db.isInTransaction.bind(db);
  const exec = db.exec.bind(db);

  function giveAnswers(give: (data: Uint8Array) => void): void {
    if (answers.length > 0) give(Buffer.concat(answers));
    answers = [];
    answerBytes = 0;
  }
  function keepAnswer(data: Uint8Array, give: (data: Uint8Array) => void): void {
    // Copied, since what comes next may come in the same memory.
    answers.push(data.slice());
    answerBytes += data.byteLength;
    if (answerBytes > MAX_ANSWER_BYTES) giveAnswers(give);
  }
  const prepare: typeof run = async (message, options) => {
    const name = inBatch ? null : keptName(message);
    if (name === null) return run(message, options);
    if (prepared.has(name)) return options.onRawData(PARSE_COMPLETE);
    await run(message, {
      ...options,
      onRawData(data) {
        if (data[0] === PARSE_COMPLETE[0]) prepared.add(name);
        options.onRawData(data);
      },
    });
  };
  db.execProtocolRawStream = async (message, options) => {
    const type = message[0] ?? 0;
    await prepare(message, { ...options, onRawData: (data) => keepAnswer(data, options.onRawData) });
    inBatch = !ENDS_BATCH.has(type);
    if (!ANSWERED_LATER.has(type)) giveAnswers(options.onRawData);
    received += message.byteLength;
    if (received < BYTES_BEFORE_NEW_PLANS || db.isInTransaction()) return;
    received = 0;
    await run(DISCARD_PLANS, { onRawData: () => undefined });
  };
  db.isInTransaction = () => inBatch || isInTransaction();
  // The server rolls back what a connection that broke off has left open; a batch must be ended before that.
  db.exec = async (query, options) => {
    if (inBatch) await db.execProtocolRaw(SYNC);
    inBatch = false;
    giveAnswers(() => undefined);
    return exec(query, options);
  };
}
