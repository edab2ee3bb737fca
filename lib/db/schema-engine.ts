import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine, SchemaFilter } from "@prisma/schema-engine-wasm";
import { perProcess } from "#lib/ops/per-process.ts";

/** Every table and enum of the database is ours. */
export const noFilter: SchemaFilter = { externalTables: [], externalEnums: [] };

async function loadBindings() {
  const require = createRequire(import.meta.url);
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasmPath = require
    .resolve("@prisma/schema-engine-wasm")
    .replace("schema_engine.js", "schema_engine_bg.wasm");
  const module = await WebAssembly.compile(await readFile(wasmPath));
  const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
  return bindings;
}

/**
 * The bindings hold one WebAssembly instance for all who import them, so a process loads it once. An engine that is collected is
 * freed with callbacks still under way, which ends the process; so those made are kept.
 */
const held = perProcess<{ loading: ReturnType<typeof loadBindings>; engines: SchemaEngine[] }>(
  "schema-engine",
);

/**
 * Sends a script whole, in one implicit transaction. Prisma's own way cuts it at every semicolon, also those within functions, and
 * leaves half of a migration that fails.
 */
class WholeScripts extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (sql) => {
      await adapter.executeRaw({ sql, args: [], argTypes: [] });
    };
    return adapter;
  }
}

function getShared() {
  const shared = held.get() ?? { loading: loadBindings(), engines: [] };
  held.set(shared);
  return shared;
}

/**
 * Prisma's schema engine as WebAssembly, bound to the database at `url`. Prisma's own command would download a native
 * binary instead, which an installation without internet cannot do.
 * Source of the binding: `@prisma/schema-engine-wasm`, whose version must be the commit of the installed Prisma.
 */
export async function openSchemaEngine(url: string): Promise<SchemaEngine> {
  const { loading, engines } = getShared();
  const { SchemaEngine } = await loading;
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts({ connectionString: url, max: 2 }));
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  engines.push(engine);
  return engine;
}

/**
 * The SQL that takes a database from one Prisma schema to another (null: from nothing), or null when they agree. The database at
 * `url` is only asked for its version.
 */
export async function diffSchemas(url: string, from: string | null, to: string): Promise<string | null> {
  const engine = await openSchemaEngine(url);
  const target = (content: string) => ({
    tag: "schemaDatamodel" as const,
    files: [{ path: "schema.prisma", content }],
  });
  const { stdout } = await engine.diff({
    from: from === null ? { tag: "empty" } : target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: noFilter,
  });
  return stdout === null || stdout.includes("This is an empty migration") ? null : stdout;
}
