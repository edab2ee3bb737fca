import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postgresUrl } from "#tests/support/databases.ts";
import { until } from "#tests/support/gateway.ts";
import { setUpGateway } from "#tests/support/gateway-under-test.ts";
import { chunk, json, plainCompletion, sseThenSilence } from "#tests/support/mock-upstream.ts";

const served = setUpGateway({ databaseUrl: postgresUrl() });
const other = new pg.Client({ connectionString: postgresUrl() });
beforeAll(() => other.connect());
afterAll(() => other.end());

/** Calls that stay under way while the test runs. */
let crowd: AbortController;

beforeEach(async () => {
  crowd = new AbortController();
  served.upstream.script(sseThenSilence(chunk({ role: "assistant" }), chunk({ content: "Half" })));
  for (let call = 0; call < 4; call++) await served.chat({ stream: true }, { signal: crowd.signal });
  served.upstream.script(json(200, plainCompletion()));
  return async () => {
    crowd.abort();
    await until(() => (served.gateway.gateway.activeRequests() === 0 ? true : null));
  };
});

/** Holds what every settlement of the account has to move. */
async function holdSettlements() {
  const { accountId } = served.caller;
  await other.query(
    "INSERT INTO budget_months (holder_id, month) SELECT $1, date_trunc('month', now() AT TIME ZONE 'UTC') ON CONFLICT DO NOTHING",
    [accountId],
  );
  await other.query("BEGIN");
  await other.query("SELECT FROM budget_months WHERE holder_id = $1 FOR UPDATE", [accountId]);
}

const statusOf = async (id: string) =>
  (await served.rows()).find((row) => row.id === id)?.status ?? "not there";

describe("while many calls are under way", () => {
  test("an answer does not wait for its settlement, but whoever reads its record or the usage does", async () => {
    await holdSettlements();
    const response = await served.chat();
    expect(await response.json()).toEqual(plainCompletion());
    const id = response.headers.get("x-request-id") ?? "";
    expect(await statusOf(id)).toBe("reserved");
    const [record, usage] = [served.get(`/v1/requests/${id}`), served.get("/v1/usage")];
    // Both wait with the settlement, which another connection holds back.
    await until(async () => {
      const held = await other.query(
        "SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))",
      );
      return held.rowCount === 0 ? null : true;
    });
    await other.query("COMMIT");
    expect(await (await record).json()).toMatchObject({ status: "succeeded", usage: { prompt_tokens: 10 } });
    expect(JSON.stringify(await (await usage).json())).toContain('"input_tokens":10');
  });

  test("settlements that gather are each recorded", async () => {
    const responses = await Promise.all(Array.from({ length: 40 }, () => served.chat()));
    for (const response of responses) expect(response.status).toBe(200);
    await served.get("/v1/usage");
    const rows = await served.rows();
    expect(rows.filter((row) => row.status === "succeeded")).toHaveLength(40);
    const spent = await served.gateway.db.budgetMonth.findMany({
      where: { holderId: served.caller.accountId },
    });
    expect(spent.map((month) => month.spentNanoUsd)).toEqual([40n * (10n * 950n + 5n * 4000n)]);
  });

  test("an answer that a budget has to pay for is settled before it is whole", async () => {
    await served.gateway.db.account.update({
      where: { id: served.caller.accountId },
      data: { monthlyBudgetNanoUsd: 10_000_000_000_000n },
    });
    const response = await served.chat();
    await response.text();
    expect(await statusOf(response.headers.get("x-request-id") ?? "")).toBe("succeeded");
  });

  test("an answer that is kept for repetitions is settled before it is whole", async () => {
    const response = await served.chat({}, { headers: { "idempotency-key": "once" } });
    await response.text();
    expect(await statusOf(response.headers.get("x-request-id") ?? "")).toBe("succeeded");
  });
});
