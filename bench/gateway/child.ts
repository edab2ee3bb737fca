import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const startTimeoutMs = 60_000;

export interface Child {
  /** The address it printed. */
  url: string;
  pid: number;
  stop(): Promise<void>;
}

export interface ChildOptions {
  file: string;
  arguments?: string[];
  environment?: Record<string, string>;
  /** The core it is held to, where the machine has several and `taskset`. */
  core: number;
  /** Its address, for a program that does not print one in our words. */
  url?: string;
  /** Node's own options. */
  nodeOptions?: string[];
}

const canPin = cpus().length > 1 && spawnSync("taskset", ["-V"]).status === 0;

/** Holds a process, this one among them, to a core. */
export function pin(pid: number, core: number): void {
  if (canPin) spawnSync("taskset", ["-acp", String(core), String(pid)]);
}

/** Starts a Node program and waits until it answers. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      ...(options.nodeOptions ?? []),
      options.file,
      ...(options.arguments ?? []),
    ],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH ?? "",
        HOME: process.env.HOME ?? "",
        NODE_ENV: "production",
        ...options.environment,
      },
    },
  );
  const pid = child.pid ?? 0;
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed.push(text);
      if (printed.length > 50) printed.shift();
    });
  }
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const url = await untilReady(child, () => printed.join(""), options.url);
  pin(pid, options.core);
  return {
    url,
    pid,
    stop: () => {
      child.kill("SIGTERM");
      const patience = setTimeout(() => child.kill("SIGKILL"), 12_000);
      return ended.finally(() => clearTimeout(patience));
    },
  };
}

async function untilReady(
  child: ChildProcess,
  printed: () => string,
  knownUrl: string | undefined,
): Promise<string> {
  const deadline = performance.now() + startTimeoutMs;
  while (performance.now() < deadline && child.exitCode === null) {
    const url = knownUrl ?? /ready at (\S+)/.exec(printed())?.[1];
    if (url !== undefined && (await answers(url))) return url;
    await new Promise((done) => setTimeout(done, 25));
  }
  child.kill("SIGKILL");
  throw new Error(`A program of the benchmark did not start:\n${printed()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.arrayBuffer());
    return true;
  } catch {
    // Not listening yet.
    return false;
  }
}
