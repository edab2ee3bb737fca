import { PrismaPg } from "@prisma/adapter-pg";
import { perProcess } from "#lib/ops/per-process.ts";
import { PrismaClient } from "./generated/client.ts";
import { createStatementNames } from "./statement-names.ts";

export type Db = PrismaClient;

const held = perProcess<Db>("db");

export interface ConnectOptions {
  poolSize: number;
  /**
   * Keeps statements prepared on each connection. Not for the embedded database, whose connections share one session, nor for a
   * transaction pooler that does not follow prepared statements.
   */
  prepareStatements?: boolean;
}

/** A client of the PostgreSQL at `url`, real or embedded. Close it with `$disconnect()`. */
export function connectDb(url: string, options: ConnectOptions): Db {
  const pool = {
    connectionString: url,
    max: options.poolSize,
    idleTimeoutMillis: 60_000,
    // The adapter ignores the offset of a timestamptz: on a server in any other zone every time would be read wrong.
    options: "-c timezone=UTC",
  };
  const adapter = new PrismaPg(
    pool,
    options.prepareStatements ? { statementNameGenerator: createStatementNames() } : {},
  );
  return new PrismaClient({ adapter });
}

/** Makes `db` the process's client. */
export function setDb(db: Db | undefined): void {
  held.set(db);
}

/** The process's database client. Throws before the database was opened. */
export function getDb(): Db {
  const db = held.get();
  if (!db) throw new Error("The database is not open: start the program through server.ts.");
  return db;
}
