import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { StartupError } from "#lib/ops/startup-error.ts";
import type { EmbeddedWorkerData } from "./embedded-worker.ts";

export interface EmbeddedDatabase {
  /** Connection string for any PostgreSQL client in this machine's account. */
  url: string;
  /** Resolves with a reason when the database ends without having been asked to. */
  failed: Promise<string>;
  close(): Promise<void>;
}

const SOCKET_NAME = ".s.PGSQL.5432";
/** A Unix socket's path has room for 107 bytes on Linux and 103 on macOS. */
const SOCKET_PATH_MAX_BYTES = 100;
export const EMBEDDED_CONNECTIONS = 16;

function socketDirFor(runDir: string): string {
  const preferred = join(runDir, "pg");
  if (Buffer.byteLength(join(preferred, SOCKET_NAME)) <= SOCKET_PATH_MAX_BYTES) return preferred;
  const digest = createHash("sha256").update(runDir).digest("hex").slice(0, 16);
  return join(tmpdir(), `aigateway-${digest}`);
}

/** Connection string of the embedded database of a process whose socket goes to `runDir`. */
export function embeddedUrl(runDir: string): string {
  return `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketDirFor(runDir))}&session=shared`;
}

/**
 * Starts PostgreSQL (PGlite, WebAssembly) in a thread of its own and serves it on a private Unix socket.
 * @param databaseDir the cluster's folder, or null for one in memory
 * @param runDir where the socket goes, when its path is short enough
 */
export async function startEmbedded(databaseDir: string | null, runDir: string): Promise<EmbeddedDatabase> {
  const socketDir = socketDirFor(runDir);
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  chmodSync(socketDir, 0o700);
  const socketPath = join(socketDir, SOCKET_NAME);
  rmSync(socketPath, { force: true });
  const data: EmbeddedWorkerData = { databaseDir, socketPath, maxConnections: EMBEDDED_CONNECTIONS + 4 };
  const worker = new Worker(new URL("./embedded-worker.ts", import.meta.url), { workerData: data });
  const ended = new Promise<string>((resolve) => {
    worker.once("error", (error) => resolve(error instanceof Error ? error.message : String(error)));
    worker.once("exit", (code) => resolve(`its thread ended with status ${code}`));
  });
  const ready = new Promise<"ready">((resolve) => worker.once("message", () => resolve("ready")));
  const first = await Promise.race([ready, ended]);
  if (first !== "ready") {
    throw new StartupError(`The embedded database in ${databaseDir} did not start: ${first}.`);
  }
  return {
    url: embeddedUrl(runDir),
    failed: ended,
    close: async () => {
      worker.postMessage("close");
      await ended;
      rmSync(socketPath, { force: true });
    },
  };
}
