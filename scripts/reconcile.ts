// npm run reconcile: proves that sums, budgets and quotas are those of the requests; --repair sets right what differs, --json prints the
// report alone. Ends with 1 when there are differences. On the embedded database the program must not run; use /admin/reconcile then.
import { parseArgs } from "node:util";
import { isRight, type ReconcileReport } from "#lib/admin/reconcile/report.ts";
import { startReconciliation } from "#lib/admin/reconcile/start.ts";
import { connectDb } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrations.ts";
import { openDatabase } from "#lib/db/open.ts";
import { readEnvironment } from "#lib/ops/config.ts";
import { newId } from "#lib/ops/ids.ts";
import { StartupError } from "#lib/ops/startup-error.ts";

const { values } = parseArgs({
  options: { repair: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
});

function tell(report: ReconcileReport): string {
  const kinds = [
    ["quarters of an hour", report.quarters],
    ["longer sums", report.blocks],
    ["budgets", report.months],
    ["daily quotas", report.quotas],
  ] as const;
  const lines = kinds.map(([name, { found, repaired, examples }]) => {
    const shown = examples.map(
      ({ what, rows, stored }) => `    ${what}: ${stored} stored, ${rows} by the requests`,
    );
    return [`  ${name}: ${found} differ${values.repair ? `, ${repaired} repaired` : ""}`, ...shown].join(
      "\n",
    );
  });
  const kept = report.keptFrom === null ? "" : `; single requests are kept from ${report.keptFrom} on`;
  return [
    `${report.requests} requests, ${report.costNanoUsd} nano-dollars, ${report.from} to ${report.to}${kept}`,
    ...lines,
  ].join("\n");
}

async function main(): Promise<number> {
  const { databaseUrl, dataDir } = readEnvironment();
  const database = await openDatabase(databaseUrl, dataDir);
  const db = connectDb(database.url, database);
  try {
    await migrate(database.url);
    const started = await startReconciliation(db, {
      actorId: null,
      processId: newId("proc"),
      repair: values.repair,
      log: { error: (details: unknown) => process.stderr.write(`${JSON.stringify(details)}\n`) },
      onProgress: (done, total) => process.stderr.write(`\r${done} of ${total} days and months `),
    });
    if (!started) throw new StartupError("A reconciliation is under way. Wait until it has ended.");
    const report = await started.ended;
    process.stderr.write("\n");
    if (!report) return 2;
    process.stdout.write(`${values.json ? JSON.stringify(report) : tell(report)}\n`);
    return isRight(report) ? 0 : 1;
  } finally {
    await db.$disconnect();
    await database.close();
  }
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof StartupError ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
