import type { PGlite } from "@electric-sql/pglite";
import { keptNamePrefix } from "./statement-names.ts";

const code = (type: string) => type.charCodeAt(0);

/** Frontend messages after which PostgreSQL is ready for another batch: Query, Sync, FunctionCall, Terminate, and the untyped ones. */
const ENDS_BATCH = new Set([..."QSFX", "\0"].map(code));
const SYNC = Uint8Array.of(code("S"), 0, 0, 0, 4);
const PARSE_COMPLETE = Uint8Array.of(code("1"), 0, 0, 0, 4);
const DISCARD_PLANS = queryMessage("DISCARD PLANS");

/**
 * How much may arrive until the plans of kept statements are made anew. They were made for tables as large as they were then, which
 * nothing here analyses; no table grows without bytes arriving.
 */
const BYTES_BEFORE_NEW_PLANS = 1_048_576;

function queryMessage(sql: string): Uint8Array {
  const body = Buffer.from(`${sql}\0`);
  const head = Buffer.from([code("Q"), 0, 0, 0, 0]);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

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
 */
export function shareSession(db: PGlite): void {
  const prepared = new Set<string>();
  let inBatch = false;
  let received = 0;
  const run = db.execProtocolRawStream.bind(db);
  const isInTransaction = db.isInTransaction.bind(db);
  const exec = db.exec.bind(db);

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
    await prepare(message, options);
    inBatch = !ENDS_BATCH.has(message[0] ?? 0);
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
    return exec(query, options);
  };
}
