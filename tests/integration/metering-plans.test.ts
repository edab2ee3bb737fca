import { afterAll, expect, test } from "vitest";
import { onMeteringConnection } from "#lib/db/client.ts";
import type { Statement } from "#lib/db/joined-statements.ts";
import { admitBatch, guessAdmission } from "#lib/usage/store/admission.ts";
import { createPayerMemory } from "#lib/usage/store/payer-memory.ts";
import { settleStatement } from "#lib/usage/store/settlement.ts";
import { createTestAccount, openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { callOf, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";

const db = openTestDb(postgresUrl());
afterAll(() => db.$disconnect());

/** How a statement is carried out once it is prepared, whatever its parameters. */
function planOf({ text, values }: Statement): Promise<string> {
  return onMeteringConnection(db, async (query) => {
    await query(`PREPARE planned AS ${text}`);
    const rows = await query<{ "QUERY PLAN": string }>(
      `EXPLAIN EXECUTE planned(${values.map(() => "NULL").join(", ")})`,
    );
    await query("DEALLOCATE planned");
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
}

const readsWhole = (plan: string) =>
  [...plan.matchAll(/(?:Seq|Bitmap Heap) Scan on (\w+)/g)].map(([, table]) => table);

test("a settlement finds requests by id, and reads no table whole but the one of a single row", async () => {
  const plan = await planOf(settleStatement([{ requestId: "req_0", outcome: outcomeOf() }]));
  expect(plan).toContain("Index Scan using requests_pkey");
  expect(new Set(readsWhole(plan))).toEqual(new Set(["usage_blocks_state"]));
});

test("an admission by what is remembered reads no table whole", async () => {
  const { id } = await createTestAccount(db, { plan: "paid" });
  const { payer } = await createPayer(db, id);
  const memory = createPayerMemory(() => performance.now());
  for (const _ of [1, 2]) await admitBatch(db, [callOf(payer)], memory);
  const guess = guessAdmission([callOf(payer)], memory);
  if (!guess) throw new Error("The payer is not remembered.");
  const plan = await planOf(guess.statement);
  expect(plan).toContain("Index Scan using rate_windows_pkey");
  expect(readsWhole(plan)).toEqual([]);
});
