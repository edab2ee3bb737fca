import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartupError } from "#lib/ops/startup-error.ts";

/** Held while one process owns a data directory; the operating system releases it even when the process is killed. */
export interface DataLock {
  release(): void;
}

/**
 * Takes the data directory for this process, making it when absent. The lock is SQLite's exclusive file lock: portable, and
 * gone with the process however it ends, so a crash never leaves a stale one.
 * @throws StartupError when another process holds it or the folder cannot be written.
 */
export function lockDataDir(dataDir: string, pid: number): DataLock {
  const holderFile = join(dataDir, "lock.pid");
  let database: DatabaseSync;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    database = new DatabaseSync(join(dataDir, "lock.db"), { timeout: 0 });
    writeFileSync(join(dataDir, ".writable"), "");
  } catch (cause) {
    throw new StartupError(
      `The data directory ${dataDir} cannot be written: check its owner and permissions, or set DATA_DIR.`,
      {
        cause,
      },
    );
  }
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");
  } catch (cause) {
    database.close();
    const holder = existsSync(holderFile) ? readFileSync(holderFile, "utf8").trim() : "unknown";
    throw new StartupError(
      `The data directory ${dataDir} is in use by another AIgateway (process ${holder}): stop it, or set another DATA_DIR.`,
      { cause },
    );
  }
  writeFileSync(holderFile, `${pid}\n`);
  return { release: () => database.close() };
}
