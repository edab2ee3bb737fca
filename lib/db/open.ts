import { join } from "node:path";
import pg from "pg";
import { StartupError } from "#lib/ops/startup-error.ts";
import { lockDataDir } from "./data-lock.ts";
import { EMBEDDED_CONNECTIONS, startEmbedded } from "./embedded.ts";

export interface OpenDatabase {
  url: string;
  embedded: boolean;
  poolSize: number;
  /** Resolves with a reason if the database ends on its own (embedded only). */
  failed: Promise<string>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;

async function checkReachable(url: string): Promise<void> {
  const { host } = new URL(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  try {
    await client.connect();
    const version = await client.query<{ number: number }>(
      "select current_setting('server_version_num')::int as number",
    );
    if ((version.rows[0]?.number ?? 0) < 150_000) {
      throw new StartupError(
        `The PostgreSQL at ${host} is older than version 15: upgrade it, or unset DATABASE_URL.`,
      );
    }
  } catch (cause) {
    if (cause instanceof StartupError) throw cause;
    const reason = cause instanceof Error ? cause.message || cause.constructor.name : String(cause);
    throw new StartupError(`The PostgreSQL that DATABASE_URL names (${host}) cannot be reached: ${reason}.`, {
      cause,
    });
  } finally {
    await client.end();
  }
}

/**
 * Opens the PostgreSQL that `databaseUrl` names, or the embedded one in `dataDir`.
 * @throws StartupError when it is locked, unreachable or too old.
 */
export async function openDatabase(databaseUrl: string | null, dataDir: string): Promise<OpenDatabase> {
  if (databaseUrl !== null) {
    await checkReachable(databaseUrl);
    return {
      url: databaseUrl,
      embedded: false,
      poolSize: 20,
      // The mark by which Prisma's users name a pooler that hands each transaction to another session.
      failed: new Promise(() => undefined),
      close: () => Promise.resolve(),
    };
  }
  const lock = lockDataDir(dataDir, process.pid);
  try {
    const embedded = await startEmbedded(join(dataDir, "postgres"), dataDir);
    return {
      url: embedded.url,
      embedded: true,
      poolSize: EMBEDDED_CONNECTIONS,
      failed: embedded.failed,
      close: async () => {
        await embedded.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
