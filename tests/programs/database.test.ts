import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { lockDataDir } from "#lib/db/data-lock.ts";
import { migrate } from "#lib/db/migrations.ts";
import { openDatabase } from "#lib/db/open.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";

describe.each(databases)("the database on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  test("migrating again applies nothing", async () => {
    expect(await migrate(url)).toEqual([]);
  });

  test("the client reads back what it wrote, big integers and time zones included", async () => {
    const { id } = await createTestAccount(db);
    await db.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: 9_007_199_254_740_993n } });
    const account = await db.account.findUniqueOrThrow({ where: { id } });
    expect(account.monthlyBudgetNanoUsd).toBe(9_007_199_254_740_993n);
    expect(Math.abs(account.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test("two accounts cannot have one e-mail", async () => {
    const { email } = await createTestAccount(db);
    const twin = { id: `acc_twin_${email}`, email, emailKey: email, passwordHash: "none" };
    await expect(db.account.create({ data: twin })).rejects.toThrow();
  });

  test("40 parallel read-modify-write transactions lose nothing", async () => {
    const { id } = await createTestAccount(db);
    await db.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: 0n } });
    await Promise.all(
      Array.from(
        { length: 40 },
        () =>
          db.$executeRaw`update accounts set monthly_budget_nano_usd = monthly_budget_nano_usd + 1 where id = ${id}`,
      ),
    );
    expect((await db.account.findUniqueOrThrow({ where: { id } })).monthlyBudgetNanoUsd).toBe(40n);
  });
});

describe("the data directory", () => {
  test("a second holder is refused with the first one's process id, and may enter once it is free", () => {
    const dir = mkdtempSync(join(tmpdir(), "aig-lock-"));
    const lock = lockDataDir(dir, 4711);
    expect(() => lockDataDir(dir, 4712)).toThrow(/in use by another AIgateway \(process 4711\)/);
    lock.release();
    lockDataDir(dir, 4712).release();
  });

  test("a path too long for a Unix socket works", async () => {
    const dir = join(mkdtempSync(join(tmpdir(), "aig-long-")), "d".repeat(90), "e".repeat(60));
    const database = await openDatabase(null, dir);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await client.end();
    await database.close();
  });

  test("everything acknowledged before kill -9 is there after the next start", async () => {
    const dir = mkdtempSync(join(tmpdir(), "aig-kill-"));
    const acknowledged = await writeUntilKilled(dir, 200);
    const database = await openDatabase(null, dir);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ n: number }>("select n from written order by n");
    await client.end();
    await database.close();
    const found = new Set(rows.map((row) => row.n));
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
    expect(acknowledged.filter((n) => !found.has(n))).toEqual([]);
  });
});

/** Runs a writer in a process of its own and kills it without warning in mid-write; returns what it was told is stored. */
async function writeUntilKilled(dir: string, afterWrites: number): Promise<number[]> {
  const writer = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      resolve(import.meta.dirname, "../support/endless-writer.ts"),
      dir,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const acknowledged: number[] = [];
  let rest = "";
  for await (const chunk of writer.stdout.setEncoding("utf8")) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    acknowledged.push(...lines.map(Number));
    if (acknowledged.length >= afterWrites) writer.kill("SIGKILL");
  }
  return acknowledged;
}
