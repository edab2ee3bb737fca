import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "#lib/db/embedded.ts";
import { migrate } from "#lib/db/migrations.ts";
import type { TestDatabase } from "./databases.ts";
import { startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    databases: TestDatabase[];
  }
}

/**
 * The process that tests admit calls in the name of: it lives through the whole run, or another test's server would settle its
 * running requests as abandoned.
 */
async function enrolTestProcess(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "insert into processes (id, heartbeat_at) values ('proc_test', now() + interval '1 day')",
  );
  await client.end();
}

/** Starts both databases that the stores must work on, migrated, for all integration tests of a run. */
export default async function startDatabases(project: TestProject): Promise<() => Promise<void>> {
  const runDir = mkdtempSync(join(tmpdir(), "aig-pglite-"));
  const [embedded, postgres] = await Promise.all([startEmbedded(null, runDir), startPostgres()]);
  for (const { url } of [embedded, postgres]) {
    await migrate(url);
    await enrolTestProcess(url);
  }
  project.provide("databases", [
    { name: "embedded", url: embedded.url },
    { name: "postgresql", url: postgres.url },
  ]);
  return async () => {
    await Promise.all([embedded.close(), postgres.stop()]);
    rmSync(runDir, { recursive: true, force: true });
  };
}
