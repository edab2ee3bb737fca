import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { makeBlocks } from "#lib/usage/store/blocks.ts";
import { compareBlocks } from "#lib/usage/store/reconcile/blocks.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { createTestAccount, openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { admitOne, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";

const dayMs = 86_400_000;
const day = new Date((Math.floor(Date.now() / dayMs) - 6) * dayMs);
const now = new Date(day.getTime() + 43_627_000);
const nextDay = new Date(day.getTime() + dayMs);

const db = openTestDb(postgresUrl());
const other = new pg.Client(postgresUrl());
afterAll(async () => {
  await other.end();
  await db.$disconnect();
});

async function waiting(): Promise<number> {
  const { rows } = await other.query("SELECT FROM pg_locks WHERE NOT granted");
  return rows.length;
}

async function makeAll(): Promise<void> {
  while ((await makeBlocks(db, new Date())).moved);
}

test("a request of closed time that is settled while the blocks of that time are being made is in them in the end", async () => {
  const { id } = await createTestAccount(db);
  const { keyId, payer } = await createPayer(db, id);
  await makeAll();
  await settle(db, await admitOne(db, payer, { now }), outcomeOf());

  // The last of the blocks to be made is there already, not yet committed: making waits for it, with all others made.
  await other.connect();
  await other.query("BEGIN");
  await other.query(
    `INSERT INTO usage_blocks (level, account_id, starts_at, subject, model, tag, source, status, error_code, requests, failures, estimated,
       prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, cost_nano_usd, saved_nano_usd)
     VALUES ('keys-3h', $1, date_bin('3 hours', $2, '1970-01-01T00:00Z'), $3, 'moonshot/kimi-k2.6', '', 'api', 'succeeded', '',
       0, 0, 0, 0, 0, 0, 0, 0, 0)`,
    [id, now, keyId],
  );
  const making = makeBlocks(db, new Date());
  await expect.poll(waiting).toBe(1);
  let settled = false;
  const settling = admitOne(db, payer, { now })
    .then((requestId) => settle(db, requestId, outcomeOf()))
    .finally(() => {
      settled = true;
    });
  await expect.poll(async () => settled || (await waiting()) === 2).toBe(true);
  await other.query("ROLLBACK");
  await Promise.all([making, settling]);

  await makeAll();
  expect(await compareBlocks(db, { from: day, to: nextDay })).toEqual([]);
  const blocks = await db.usageBlock.findMany({ where: { accountId: id, level: "account-1d" } });
  expect(blocks.map(({ requests }) => requests)).toEqual([2n]);
});
