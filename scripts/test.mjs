// npm test: everything CI runs. --quick (npm run check): without what starts the whole program or a browser.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { ensureDebianPackage } from "./debian.mjs";
import { ensureBuild, ensureClient, ensurePackages } from "./prepare.mjs";
import { node, runStep, StepFailed } from "./step.mjs";

const quick = process.argv.includes("--quick");

function hasPostgres() {
  try {
    return execFileSync("sh", ["-c", "ls /usr/lib/postgresql/*/bin/initdb"], { stdio: "pipe" }).length > 0;
  } catch {
    return false;
  }
}

/** They share nothing, so they run together. */
const staticSteps = [
  [
    "Format and lint",
    "node_modules/@biomejs/biome/bin/biome",
    ["ci", "--error-on-warnings", "--colors=off", "."],
  ],
  ["Types", "node_modules/typescript/bin/tsc", ["--noEmit", "-p", "."]],
  [
    "Dependency law",
    "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
    ["app", "components", "lib", "server.ts", "--output-type", "err"],
  ],
  ["Dead code", "node_modules/knip/bin/knip.js", []],
];
const runTests = (label, ...projects) => {
  const args = ["node_modules/vitest/vitest.mjs", "run", ...projects.flatMap((name) => ["--project", name])];
  return runStep(label, node, args, { show: true });
};
const runJourneys = () =>
  runStep("Browser journeys", node, ["node_modules/@playwright/test/cli.js", "test"], { show: true });

async function runAll() {
  let passed = 0;
  const failures = [];
  const attempt = async (run) => {
    try {
      await run();
      passed += 1;
      return true;
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      failures.push(error.message);
      process.stderr.write(`${error.message}\n`);
      return false;
    }
  };
  await Promise.all(
    staticSteps.map(([label, script, args]) => attempt(() => runStep(label, node, [script, ...args]))),
  );
  await attempt(() => runTests("Unit tests", "unit"));
  await attempt(() => runTests("Integration tests", "integration", "recovery"));
  if (!quick) {
    await attempt(() => runTests("Tests of the running program", "programs"));
    if (await attempt(ensureBuild)) await attempt(runJourneys);
  }
  // Told once more, where whoever reads only the end of a long run finds it.
  for (const failure of failures) process.stderr.write(`\n${failure}\n`);
  process.stdout.write(`\n${passed} passed, ${failures.length} failed\n`);
  return failures.length;
}

try {
  await ensurePackages();
  await ensureClient();
  await ensureDebianPackage("postgresql", hasPostgres, "Testing on a real PostgreSQL");
  if (!quick) {
    const isThere = () => existsSync("/usr/bin/chromium-headless-shell");
    await ensureDebianPackage("chromium-headless-shell", isThere, "Testing in a browser");
  }
  process.exit((await runAll()) === 0 ? 0 : 1);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
