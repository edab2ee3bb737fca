import { PrismaPg } from "@prisma/adapter-pg";
import { perProcess } from "#lib/ops/per-process.ts";
import { PrismaClient } from "./generated/client.ts";
import { createStatementNames } from "./statement-names.ts";

export type Db = PrismaClient;

const held = perProcess<Db>("db");

/**
 * Whether statements may be kept prepared by name: not where connections share one session, as on the embedded database and
 * behind a pooler, which `pgbouncer=true` in the URL tells.
 */
function keepsStatements(url: string): boolean {
  return new URL(url).searchParams.get("pgbouncer") !== "true";
}

/** A client of the PostgreSQL at `url`, real or embedded. Close it with `$disconnect()`. */
export function connectDb(url: string, options: { poolSize: number }): Db {
  const pool = {
    connectionString: url,
    max: options.poolSize,
    idleTimeoutMillis: 60_000,
    // The adapter ignores the offset of a timestamptz: on a server in any other zone every time would be read wrong.
    options: "-c timezone=UTC",
  };
  const adapter = new PrismaPg(
    pool,
    keepsStatements(url) ? { statementNameGenerator: createStatementNames() } : {},
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
