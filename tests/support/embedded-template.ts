import { createHash } from "node:crypto";
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmbedded } from "#lib/db/embedded.ts";
import { migrate } from "#lib/db/migrations.ts";

const root = resolve(import.meta.dirname, "../..");

/** A template serves as long as neither the migrations nor the database's program have changed. */
function templatePath(): string {
  const hash = createHash("sha256");
  hash.update(readFileSync(createRequire(import.meta.url).resolve("@electric-sql/pglite")));
  for (const file of globSync("prisma/migrations/**/*.sql", { cwd: root }).sort())
    hash.update(file).update(readFileSync(join(root, file)));
  return join(tmpdir(), `aig-template-${hash.digest("hex").slice(0, 16)}`);
}

/** Resolves with the folder of an embedded database, initialised and migrated: making one takes longer than most tests. */
async function makeTemplate(): Promise<string> {
  const template = templatePath();
  if (existsSync(template)) return template;
  const making = mkdtempSync(`${template}-`);
  const database = await startEmbedded(join(making, "postgres"), making);
  await migrate(database.url);
  await database.close();
  try {
    renameSync(join(making, "postgres"), template);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(template)) throw error;
  }
  rmSync(making, { recursive: true, force: true });
  return template;
}

/** Puts an initialised embedded database without rows where a server with this data directory looks for it. */
export async function placeTemplate(dataDir: string): Promise<void> {
  cpSync(await makeTemplate(), join(dataDir, "postgres"), { recursive: true });
}
