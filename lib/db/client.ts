import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { perProcess } from "#lib/ops/per-process.ts";
import { PrismaClient } from "./generated/client.ts";
import type { Statement, TextRow } from "./joined-statements.ts";
import { createLine, type Line } from "./line.ts";
import { Pools } from "./pools.ts";
import { createStatementNames } from "./statement-names.ts";

export type Db = PrismaClient;

const held = perProcess<Db>("db");

/**
 * Whose the sessions behind a pool's connections are, by the URL: each connection's `own`; `pooled`, another one for every transaction,
 * so that no statement can be kept prepared by name; or, on the embedded database, one that is `shared` by all.
 */
type Sessions = "own" | "pooled" | "shared";

function sessionsOf(url: string): Sessions {
  const { searchParams } = new URL(url);
  if (searchParams.get("pgbouncer") === "true") return "pooled";
  return searchParams.get("session") === "shared" ? "shared" : "own";
}

interface Connections {
  pool: pg.Pool;
  metering: pg.Pool;
  /** Null where it cannot count on sessions of its own. */
  line: Line | null;
  /** The name a statement is kept under; undefined where none is kept. */
  nameOf(sql: string): string | undefined;
}

/** Next's bundles are given the client that Node made, so they must find its pools too. */
const heldConnections = perProcess<WeakMap<Db, Connections>>("db-connections");
const connections = heldConnections.get() ?? new WeakMap<Db, Connections>();
heldConnections.set(connections);

/** A client of the PostgreSQL at `url`, real or embedded. Close it with `$disconnect()`. */
export function connectDb(url: string, options: { poolSize: number }): Db {
  const sessions = sessionsOf(url);
  const statementNameGenerator = sessions === "pooled" ? null : createStatementNames();
  const pool = new Pools(url, options.poolSize, sessions === "own");
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    ...(statementNameGenerator && { statementNameGenerator }),
  });
  const db = new PrismaClient({ adapter });
  connections.set(db, {
    pool,
    metering: pool.metering,
    line: sessions === "own" ? createLine(pool.metering) : null,
    nameOf: (sql) => statementNameGenerator?.({ sql }) || undefined,
  });
  return db;
}

/** Runs a statement whose parameters are `$1`, `$2` … and gives its rows. */
export type Query = <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;

/**
 * Runs statements on one connection of the client's pool, without the client's own layer. What leaves a transaction open loses its
 * connection.
 */
export function onConnection<T>(db: Db, work: (query: Query) => Promise<T>): Promise<T> {
  const { pool, nameOf } = connectionsOf(db);
  return runOn(pool, nameOf, work);
}

/**
 * Runs a statement and gives its rows one by one, as they come: none is held. It is not kept prepared, so it is planned for its own values
 * each time.
 */
export async function eachRow<Row extends pg.QueryResultRow>(
  db: Db,
  sql: string,
  values: unknown[],
  onRow: (row: Row) => void,
): Promise<void> {
  const client = await connectionsOf(db).pool.connect();
  try {
    await new Promise<void>((resolve, reject) => {
      const query = client.query(new pg.Query<Row>(sql, values));
      query.on("row", (row) => {
        try {
          onRow(row);
        } catch (error) {
          reject(error);
        }
      });
      query.on("error", reject);
      query.on("end", () => resolve());
    });
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** The same for the few statements that every metered call waits for: on connections that find rows by their indexes only. */
export function onMeteringConnection<T>(db: Db, work: (query: Query) => Promise<T>): Promise<T> {
  const { metering, nameOf } = connectionsOf(db);
  return runOn(metering, nameOf, work);
}

async function runOn<T>(
  pool: pg.Pool,
  nameOf: Connections["nameOf"],
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const query: Query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
    const name = nameOf(text);
    return (await client.query<Row>({ text, values, ...(name !== undefined && { name }) })).rows;
  };
  try {
    const result = await work(query);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/**
 * Runs statements in one transaction and one round trip; gives the rows of each. Transactions under way at the same time go one after the
 * other over the same connection. Null, with nothing run, where connections have no session of their own to keep them prepared in.
 */
export async function runJoinedOn(db: Db, statements: readonly Statement[]): Promise<TextRow[][] | null> {
  const { line, nameOf } = connectionsOf(db);
  if (!line) return null;
  const named = statements.flatMap((statement) => {
    const name = nameOf(statement.text);
    // Not the name that other queries know it under: those keep their own account of what a connection has prepared.
    return name === undefined ? [] : [{ ...statement, name: `${name}_joined` }];
  });
  return named.length < statements.length ? null : line(named);
}

function connectionsOf(db: Db): Connections {
  const found = connections.get(db);
  if (!found) throw new Error("This database client was not made by connectDb.");
  return found;
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
