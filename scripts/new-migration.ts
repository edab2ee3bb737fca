// Writes the next migration from prisma/schema.prisma: node scripts/new-migration.ts NAME
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmbedded } from "#lib/db/embedded.ts";
import { migrate, migrationsDir, noFilter, readMigrations } from "#lib/db/migrations.ts";
import { openSchemaEngine } from "#lib/db/schema-engine.ts";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name))
  throw new Error("Name the migration: lower-case words joined by underscores.");

const schemaPath = resolve("prisma/schema.prisma");
const schema = { path: schemaPath, content: await readFile(schemaPath, "utf8") };
const database = await startEmbedded(null, await mkdtemp(join(tmpdir(), "aig-migration-")));
const isFirst = (await readMigrations()).migrationDirectories.length === 0;
if (!isFirst) await migrate(database.url);
const engine = await openSchemaEngine(database.url);
const { stdout } = await engine.diff({
  from: isFirst
    ? { tag: "empty" }
    : { tag: "schemaDatasource", files: [schema], configDir: resolve("prisma") },
  to: { tag: "schemaDatamodel", files: [schema] },
  script: true,
  exitCode: null,
  filters: noFilter,
});
if (stdout === null || stdout.includes("This is an empty migration")) {
  process.stdout.write("The schema and the migrations agree: nothing to write.\n");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const dir = join(migrationsDir, `${stamp}_${name}`);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, "migration.sql"), stdout);
  process.stdout.write(`Wrote ${dir}/migration.sql\n`);
}
await database.close();
process.exit(0);
