import type { Db } from "#lib/db/client.ts";
import type { SystemFacts } from "../system-facts.ts";

const shownTables = 12;

/** What an installation holds and does. Rows of tables are the database's own estimates. */
export async function getSystemFacts(db: Db): Promise<SystemFacts> {
  const [database, tables, migrations, generations, reservedRequests, files, accounts, blocks] =
    await Promise.all([
      db.$queryRaw<{ version: string; sizeBytes: number }[]>`
        SELECT split_part(version(), ' on ', 1) AS version, pg_database_size(current_database())::float8 AS "sizeBytes"`,
      db.$queryRaw<{ name: string; sizeBytes: number; rows: number }[]>`
        SELECT relname AS name, pg_total_relation_size(oid)::float8 AS "sizeBytes", greatest(reltuples, 0)::float8 AS rows
        FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
        ORDER BY 2 DESC LIMIT ${shownTables}`,
      db.$queryRaw<{ name: string; appliedAt: Date }[]>`
        SELECT migration_name AS name, finished_at AS "appliedAt" FROM _prisma_migrations
        WHERE finished_at IS NOT NULL ORDER BY migration_name DESC`,
      db.generation.aggregate({ where: { status: "running" }, _count: true, _min: { createdAt: true } }),
      db.request.count({ where: { status: "reserved" } }),
      db.attachment.aggregate({ _count: true, _sum: { sizeBytes: true } }),
      db.account.count(),
      db.usageBlocksState.findFirst({ select: { until: true } }),
    ]);
  return {
    database: {
      version: database[0]?.version ?? "",
      sizeBytes: database[0]?.sizeBytes ?? 0,
      tables,
    },
    migrations,
    generations: { running: generations._count, oldestAt: generations._min.createdAt },
    reservedRequests,
    files: { count: files._count, sizeBytes: files._sum.sizeBytes ?? 0 },
    accounts,
    blocksUntil: blocks?.until ?? null,
  };
}
