import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { StartupError } from "#lib/ops/startup-error.ts";
import { noFilter, openSchemaEngine } from "./schema-engine.ts";

export const migrationsDir = join(import.meta.dirname, "../../prisma/migrations");
/** Any constant: processes that start together take turns by it. */
const MIGRATION_LOCK = 7_124_893;

/** The migrations on disk, oldest first, as Prisma's engine wants them. */
export async function readMigrations(dir: string = migrationsDir): Promise<MigrationList> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(join(dir, name, "migration.sql"), "utf8") },
      },
    })),
  );
  return {
    baseDir: dir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(dir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

function checksumOf(directory: MigrationList["migrationDirectories"][number]): string {
  const { content } = directory.migrationFile;
  if (content.tag !== "ok") throw new Error(`The migration ${directory.path} cannot be read.`);
  return createHash("sha256").update(content.value).digest("hex");
}

async function appliedChecksums(client: pg.Client): Promise<Set<string>> {
  const table = await client.query("select to_regclass('_prisma_migrations') as name");
  if (table.rows[0]?.name === null) return new Set();
  const rows = await client.query<{ checksum: string }>(
    "select checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  return new Set(rows.rows.map((row) => row.checksum));
}

/**
 * Brings the database at `url` up to date and returns the names of the migrations applied. Several processes may call it at
 * once. Starting with nothing to do costs one query: the engine is loaded only when something is missing.
 */
export async function migrate(url: string): Promise<string[]> {
  const migrationsList = await readMigrations();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const applied = await appliedChecksums(client);
    if (migrationsList.migrationDirectories.every((directory) => applied.has(checksumOf(directory))))
      return [];
    const engine = await openSchemaEngine(url);
    const result = await engine.applyMigrations({ migrationsList, filters: noFilter });
    return result.appliedMigrationNames;
  } catch (cause) {
    throw new StartupError(
      `The database could not be brought up to date: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  } finally {
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    await client.end();
  }
}
