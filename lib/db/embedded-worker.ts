import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { shareSession } from "./shared-session.ts";

/** What the thread is given: the cluster's folder (null: in memory) and the Unix socket to serve it on. */
export interface EmbeddedWorkerData {
  databaseDir: string | null;
  socketPath: string;
  maxConnections: number;
}

const { databaseDir, socketPath, maxConnections } = workerData as EmbeddedWorkerData;
if (!parentPort) throw new Error("The embedded database runs in a worker thread.");
const port = parentPort;

const db = await PGlite.create({
  ...(databaseDir === null ? {} : { dataDir: databaseDir }),
  extensions: { pg_trgm },
});
shareSession(db);
const server = new PGLiteSocketServer({ db, path: socketPath, maxConnections });
await server.start();

port.on("message", (message: unknown) => {
  if (message !== "close") return;
  void (async () => {
    await server.stop();
    await db.close();
    port.postMessage("closed");
    port.close();
  })();
});
port.postMessage("ready");
