import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serverFlags } from "../../scripts/server-flags.mjs";
import { placeTemplate } from "./embedded-template.ts";

const START_TIMEOUT_MS = 60_000;

export interface TestServer {
  url: string;
  pid: number;
  dataDir: string;
  /** Everything it printed so far. */
  output(): string;
  /** Closes its output on this side, as a log collector that dies does. */
  stopReading(): void;
  /** SIGTERM; resolves with the exit status once it ended. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves once it ended. */
  kill(): Promise<void>;
}

export interface TestServerOptions {
  env?: Record<string, string>;
  role?: "all" | "gateway" | "web";
  databaseUrl?: string;
  /** As it is; without one, a new directory whose database was made before. */
  dataDir?: string;
}

function untilReady(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((done, fail) => {
    const timer = setTimeout(
      () => fail(new Error(`The server did not start in time:\n${output()}`)),
      START_TIMEOUT_MS,
    );
    child.stdout?.on("data", () => {
      const url = /AIgateway is ready at (\S+)/.exec(output())?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      done(url);
    });
    child.once("exit", (status) => {
      clearTimeout(timer);
      fail(new Error(`The server ended with status ${status}:\n${output()}`));
    });
  });
}

async function makeDataDir(databaseUrl?: string): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "aig-server-"));
  if (databaseUrl === undefined) await placeTemplate(dataDir);
  return dataDir;
}

/** Starts the real program, as `npm start` does, on a free port. Role "gateway" (the default) needs no build of the pages. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await makeDataDir(options.databaseUrl));
  const child = spawn(process.execPath, [...serverFlags, resolve(import.meta.dirname, "../../server.ts")], {
    cwd: resolve(import.meta.dirname, "../.."),
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "",
      NODE_ENV: "production",
      PORT: "0",
      DATA_DIR: dataDir,
      ROLE: options.role ?? "gateway",
      ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
      ...options.env,
    },
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => chunks.push(text));
  const output = () => chunks.join("");
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  const url = await untilReady(child, output);
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    output,
    stopReading() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
