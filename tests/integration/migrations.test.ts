import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { migrate } from "#lib/db/migrations.ts";
import { diffSchemas } from "#lib/db/schema-engine.ts";
import { postgresUrl } from "#tests/support/databases.ts";

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(sql);
    return result.rows;
  } finally {
    await client.end();
  }
}

async function freshDatabase(name: string): Promise<string> {
  await query(postgresUrl(), `create database ${name}`);
  const url = new URL(postgresUrl());
  url.pathname = `/${name}`;
  return url.href;
}

// Prisma's schema has no words for the indexes of the search, for partial ones, and for how an index is stored.
const columns = `select table_name, column_name, data_type, udt_name, is_nullable, column_default
  from information_schema.columns where table_schema = 'public' and table_name not like '\\_prisma%' order by 1, 2`;
const indexes = `select tablename, indexname, regexp_replace(indexdef, ' WITH \\(.*\\)$', '') as indexdef from pg_indexes
  where schemaname = 'public' and tablename not like '\\_prisma%'
  and indexname not like '%\\_grams\\_idx' and indexdef not like '% WHERE (%' order by 1, 2`;
const constraints = `select conrelid::regclass::text as on, conname, pg_get_constraintdef(oid) as is from pg_constraint
  where connamespace = 'public'::regnamespace and conrelid::regclass::text not like '%\\_prisma%' order by 1, 2`;

test("the migrations make exactly what the schema says", async () => {
  const suffix = Date.now();
  const migrated = await freshDatabase(`migrated_${suffix}`);
  await migrate(migrated);
  const schema = await readFile(join(import.meta.dirname, "../../prisma/schema.prisma"), "utf8");
  const script = await diffSchemas(migrated, null, schema);
  const direct = await freshDatabase(`direct_${suffix}`);
  await query(direct, script ?? "");
  for (const facts of [columns, indexes, constraints]) {
    expect(await query(migrated, facts)).toEqual(await query(direct, facts));
  }
});
