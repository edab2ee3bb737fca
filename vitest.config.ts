import { defineConfig } from "vitest/config";

/** Only what hangs runs into it: filling a sandbox's memory or starting a server takes many seconds where two cores are shared. */
const testTimeout = 120_000;

const setupFiles = ["tests/support/properties.ts"];

/** Tests that share the two databases of a run: PGlite and a real PostgreSQL. Its connections and two cores bear two files at once. */
const onDatabases = {
  environment: "node" as const,
  setupFiles,
  globalSetup: ["tests/support/start-databases.ts"],
  testTimeout,
  hookTimeout: 60_000,
  maxWorkers: 2,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{lib,components,app,tests/support}/**/*.test.{ts,tsx}"],
          environment: "node",
          setupFiles,
          testTimeout,
          // Pure logic: files share their modules, which are loaded once.
          isolate: false,
        },
      },
      { test: { name: "integration", include: ["tests/integration/**/*.test.ts"], ...onDatabases } },
      // Sweeps and reconciliations look at all there is, so they have databases of their own, one file after the other.
      {
        test: {
          name: "recovery",
          include: ["tests/recovery/**/*.test.ts"],
          ...onDatabases,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
      { test: { name: "programs", include: ["tests/{programs,contract}/**/*.test.ts"], ...onDatabases } },
    ],
  },
});
