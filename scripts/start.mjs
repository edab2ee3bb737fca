// npm start: install, generate and build what is not up to date, then run the program. --dev: run it with live reload.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuild, ensureClient, ensurePackages } from "./prepare.mjs";
import { serverFlags } from "./server-flags.mjs";
import { environment, node, root, StepFailed } from "./step.mjs";

const dev = process.argv.includes("--dev");

try {
  await ensurePackages();
  await ensureClient();
  if (!dev) await ensureBuild();
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

const envFile = ".env.local";
const flags = [...serverFlags, ...(existsSync(join(root, envFile)) ? [`--env-file=${envFile}`] : [])];
const server = spawn(node, [...flags, "server.ts", ...(dev ? ["--dev"] : [])], {
  cwd: root,
  env: environment({ NODE_ENV: dev ? "development" : "production" }),
  stdio: "inherit",
});
// A terminal's Ctrl-C reaches the server itself; a signal sent to this process alone is passed on. Either way the server
// decides when it has finished.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => server.kill("SIGTERM"));
server.on("error", (error) => {
  process.stderr.write(`The server could not be started: ${error.message}\n`);
  process.exit(1);
});
server.on("exit", (status, signal) => process.exit(signal ? 1 : (status ?? 1)));
