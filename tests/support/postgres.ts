import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

const INSTALL_ROOT = "/usr/lib/postgresql";
const START_TIMEOUT_MS = 30_000;

export interface TestPostgres {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

function findBinaries(): string {
  const versions = existsSync(INSTALL_ROOT)
    ? readdirSync(INSTALL_ROOT)
        .map(Number)
        .sort((a, b) => b - a)
    : [];
  for (const version of versions) {
    const bin = join(INSTALL_ROOT, String(version), "bin");
    if (existsSync(join(bin, "initdb"))) return bin;
  }
  throw new Error("PostgreSQL's server programs are not installed: apt-get install postgresql");
}

/** PostgreSQL refuses to run as root, so root runs it as the user `postgres` that Debian's package makes. */
function serverUser(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }).trim());
  return { uid: id("-u"), gid: id("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function untilReachable(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end();
    }
  }
}

const forgetful = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/** Starts a PostgreSQL of its own on a free port, without durability unless asked for, and removes it with all its data when stopped. */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const bin = findBinaries();
  const user = serverUser();
  const dir = mkdtempSync(join(tmpdir(), "aig-postgres-"));
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid);
  const data = join(dir, "data");
  const options = { ...user, cwd: dir, stdio: "ignore" as const };
  execFileSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
    options,
  );
  const port = await freePort();
  const settings = [...(durable ? [] : forgetful), "max_connections=200"];
  const server = spawn(
    join(bin, "postgres"),
    [
      "-D",
      data,
      "-p",
      String(port),
      "-h",
      "127.0.0.1",
      "-k",
      dir,
      ...settings.flatMap((line) => ["-c", line]),
    ],
    options,
  );
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  await untilReachable(url, server);
  return {
    url,
    pid: server.pid ?? 0,
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
