// Writes the next migration: what takes the committed prisma/schema.prisma to the one in the working tree.
// node scripts/new-migration.ts NAME
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmbedded } from "#lib/db/embedded.ts";
import { migrationsDir } from "#lib/db/migrations.ts";
import { diffSchemas } from "#lib/db/schema-engine.ts";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name))
  throw new Error("Name the migration: lower-case words joined by underscores.");

const committed = execFileSync("git", ["show", "HEAD:prisma/schema.prisma"], { encoding: "utf8" });
const current = await readFile(resolve("prisma/schema.prisma"), "utf8");
const database = await startEmbedded(null, await mkdtemp(join(tmpdir(), "aig-migration-")));
const script = await diffSchemas(database.url, committed, current);
if (script === null) {
  process.stdout.write("The schema has not changed since the last commit: nothing to write.\n");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const dir = join(migrationsDir, `${stamp}_${name}`);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, "migration.sql"), script);
  process.stdout.write(`Wrote ${dir}/migration.sql\n`);
}
await database.close();
process.exit(0);
