// Runs on the machine's own Node (20 or later) before any package is installed: built-in modules only.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const binDir = join(root, "node_modules", ".bin");
/** Node 24, which comes with the packages. */
export const node = join(binDir, "node");
const HEARTBEAT_MS = 10_000;
/** How much of a failed step's output is told again: test runners end with what failed. */
const KEPT_CHARACTERS = 8_000;

/** The environment for everything we run: our packages' programs first, and no download of Prisma's native engine. */
export function environment(extra = {}) {
  return {
    ...process.env,
    PATH: `${binDir}:${process.env.PATH ?? ""}`,
    NODE_COMPILE_CACHE: join(root, "node_modules", ".aigateway", "compile-cache"),
    NEXT_TELEMETRY_DISABLED: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_ENGINES_CHECKSUM_IGNORE_MISSING: "1",
    ...extra,
  };
}

export class StepFailed extends Error {}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function startTicker(label, since) {
  if (!process.stdout.isTTY) {
    process.stdout.write(`${label}…\n`);
    const timer = setInterval(() => process.stdout.write(`${label}… ${seconds(since)}\n`), HEARTBEAT_MS);
    return () => clearInterval(timer);
  }
  const draw = () => process.stdout.write(`\r${label}… ${seconds(since)} `);
  draw();
  const timer = setInterval(draw, 200);
  return () => {
    clearInterval(timer);
    process.stdout.write("\r\x1b[2K");
  };
}

/**
 * Runs one command and tells how long it takes. Its output is kept back and shown only when it fails, unless `show`.
 * Throws StepFailed with what went wrong: all of its output, or the end of it when it was shown already (on a terminal
 * it stands there still).
 */
export async function runStep(label, command, args, { env = {}, show = false } = {}) {
  const since = Date.now();
  if (show) process.stdout.write(`\n${label}\n`);
  const stopTicker = show ? () => undefined : startTicker(label, since);
  const child = spawn(command, args, {
    cwd: root,
    env: environment(show ? env : { NO_COLOR: "1", FORCE_COLOR: "0", ...env }),
    stdio: show && process.stdout.isTTY ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output.push(chunk);
      if (show) process.stdout.write(chunk);
    });
  }
  const [status, problem] = await Promise.race([
    once(child, "close"),
    once(child, "error").then(([error]) => [1, error.message]),
  ]);
  stopTicker();
  if (status !== 0) {
    const text = Buffer.concat(output)
      .toString()
      .trim()
      .slice(show ? -KEPT_CHARACTERS : 0);
    throw new StepFailed(`${label}: failed after ${seconds(since)}.\n${problem ?? ""}${text}`.trim());
  }
  process.stdout.write(`${label}: ${seconds(since)}\n`);
}
