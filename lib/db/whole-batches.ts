import type { PGlite } from "@electric-sql/pglite";

/** Frontend messages after which PostgreSQL is ready for another batch: Query, Sync, FunctionCall, Terminate, and the untyped ones. */
const ENDS_BATCH = new Set([..."QSFX", "\0"].map((type) => type.charCodeAt(0)));
const SYNC = Uint8Array.of("S".charCodeAt(0), 0, 0, 0, 4);

/**
 * Lets several connections share the one session of a PGlite. The socket server queues message by message and keeps only
 * transactions together; a batch of the extended protocol (Parse, Bind, Execute … Sync) whose bytes arrive in two reads
 * would be mixed with another connection's, which then runs the wrong statement or gives no row. Until its Sync, a batch
 * therefore counts as a transaction.
 */
export function keepBatchesWhole(db: PGlite): void {
  let inBatch = false;
  const execProtocolRawStream = db.execProtocolRawStream.bind(db);
  const isInTransaction = db.isInTransaction.bind(db);
  const exec = db.exec.bind(db);
  db.execProtocolRawStream = async (message, options) => {
    await execProtocolRawStream(message, options);
    inBatch = !ENDS_BATCH.has(message[0] ?? 0);
  };
  db.isInTransaction = () => inBatch || isInTransaction();
  // The server rolls back what a connection that broke off has left open; a batch must be ended before that.
  db.exec = async (query, options) => {
    if (inBatch) await db.execProtocolRaw(SYNC);
    inBatch = false;
    return exec(query, options);
  };
}
