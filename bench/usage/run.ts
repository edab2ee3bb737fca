// npm run bench:usage [-- --rows=5000000] [--rounds=12] [--url=postgresql://…] [seed|panels|log|settle|export|embedded …]
// Without a URL it starts a PostgreSQL of its own; with one, seeding and measuring may be separate runs.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connectDb, type Db } from "#lib/db/client.ts";
import { startEmbedded } from "#lib/db/embedded.ts";
import { migrate } from "#lib/db/migrations.ts";
import { startPostgres } from "#tests/support/postgres.ts";
import { type LogTime, measureLog } from "./measure-log.ts";
import { measurePanels, type PanelTime } from "./measure-panels.ts";
import { measureSettlement } from "./measure-settlement.ts";
import { busiest, seed } from "./seed.ts";

const { values, positionals } = parseArgs({
  options: {
    rows: { type: "string", default: "5000000" },
    rounds: { type: "string", default: "12" },
    url: { type: "string" },
  },
  allowPositionals: true,
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const embeddedRows = 200_000;
const batches = 200;
const wanted = (step: string) => positionals.length === 0 || positionals.includes(step);
const say = (line: string) => process.stdout.write(`${line}\n`);

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await work();
  say(`${name}: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  return result;
}

function report(title: string, times: readonly PanelTime[]): void {
  say(
    `\n## ${title}\n\n| panels | range | zone | slowest query p50 | p95 | whole page |\n|---|---|---|---|---|---|`,
  );
  for (const { name, range, timeZone, p50, p95, pageP50 } of times) {
    say(
      `| ${name} | ${range} | ${timeZone} | ${p50.toFixed(1)} ms | ${p95.toFixed(1)} ms | ${pageP50.toFixed(0)} ms |`,
    );
  }
  say(`\nslowest p95: ${Math.max(...times.map(({ p95 }) => p95)).toFixed(1)} ms`);
}

function reportLog(title: string, times: readonly LogTime[]): void {
  say(`\n## ${title}\n\n| filter | depth | p50 | p95 |\n|---|---|---|---|`);
  for (const { name, depth, p50, p95 } of times)
    say(`| ${name} | ${depth} | ${p50.toFixed(1)} ms | ${p95.toFixed(1)} ms |`);
  say(`\nslowest p95: ${Math.max(...times.map(({ p95 }) => p95)).toFixed(1)} ms`);
}

async function measurePostgres(db: Db, url: string): Promise<void> {
  if (wanted("seed")) {
    const before = await seedEmpty(db);
    say(`settling 20 requests, without rows: ${before.toFixed(2)} ms`);
    await timed(`seeding ${rows} requests`, () => seed(db, rows));
  }
  if (wanted("panels")) {
    for (const timeZone of ["Europe/Berlin", "Asia/Kolkata"]) {
      report(`PostgreSQL, ${timeZone}`, await measurePanels(db, { rounds, timeZone }));
    }
  }
  if (wanted("log")) {
    reportLog(
      "the busiest account's log",
      await measureLog(db, { kind: "account", accountId: busiest }, rounds),
    );
    reportLog("the log of all accounts", await measureLog(db, { kind: "installation" }, rounds));
  }
  if (wanted("export"))
    say(
      `export: ${execFileSync(process.execPath, [join(import.meta.dirname, "export-child.ts"), url], { encoding: "utf8" })}`,
    );
  if (wanted("settle"))
    say(`settling 20 requests, with all rows: ${(await measureSettlement(db, batches)).toFixed(2)} ms`);
}

/** The cost of settling before there are any rows, in a database that is emptied again. */
async function seedEmpty(db: Db): Promise<number> {
  await seed(db, 1);
  const time = await measureSettlement(db, batches);
  await db.$executeRaw`TRUNCATE accounts, usage_blocks CASCADE`;
  await db.$executeRaw`UPDATE usage_blocks_state SET until = '2000-01-01T00:00Z'`;
  return time;
}

async function measureEmbedded(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "aig-bench-usage-"));
  const embedded = await startEmbedded(null, dir);
  await migrate(embedded.url);
  const db = connectDb(embedded.url, { poolSize: 4 });
  await timed(`seeding ${embeddedRows} requests, embedded`, () => seed(db, embeddedRows));
  report(
    "embedded database",
    await measurePanels(db, { rounds: Math.min(rounds, 6), timeZone: "Europe/Berlin" }),
  );
  await db.$disconnect();
  await embedded.close();
  await rm(dir, { recursive: true, force: true });
}

if (["seed", "panels", "log", "settle", "export"].some(wanted)) {
  const own = values.url === undefined ? await startPostgres() : null;
  const url = values.url ?? own?.url ?? "";
  if (wanted("seed")) await migrate(url);
  const db = connectDb(url, { poolSize: 4 });
  await measurePostgres(db, url);
  await db.$disconnect();
  await own?.stop();
}
if (wanted("embedded")) await measureEmbedded();
process.exit(0);
