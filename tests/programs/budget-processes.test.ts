import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { createKey } from "#lib/keys/store.ts";
import { setAccountBudget } from "#lib/usage/store/allowances.ts";
import { createTestAccount, openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { chatBody, post, until } from "#tests/support/gateway.ts";
import { json, type MockUpstream, plainCompletion, startMockUpstream } from "#tests/support/mock-upstream.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/** What the mocked answer costs. */
const callCost = 10n * 950n + 5n * 4_000n;
const budget = 1_000_000n;

let db: Db;
let upstream: MockUpstream;
let servers: TestServer[];

beforeAll(async () => {
  db = openTestDb(postgresUrl());
  upstream = await startMockUpstream();
  const env = { UPSTREAM_BASE_URL: upstream.url, LOG_LEVEL: "warn" };
  servers = await Promise.all([1, 2].map(() => startServer({ databaseUrl: postgresUrl(), env })));
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await upstream.close();
  await db.$disconnect();
});

/** An account with a budget of its own or one on its only key, and the keys that share it. */
async function createHolder(holder: "key" | "account") {
  const { id: accountId } = await createTestAccount(db, { plan: "paid" });
  if (holder === "account") await setAccountBudget(db, accountId, budget);
  const limits = holder === "key" ? { monthlyBudgetNanoUsd: budget } : {};
  const keys = await Promise.all(
    Array.from({ length: holder === "key" ? 1 : 3 }, (_, at) =>
      createKey(db, accountId, { name: `key ${at}`, ...limits }),
    ),
  );
  const holderId = holder === "key" ? (keys[0]?.key.id ?? "") : accountId;
  return { accountId, holderId, secrets: keys.map(({ secret }) => secret) };
}

describe.each(["key", "account"] as const)("the budget of the %s, spent through two processes", (holder) => {
  test("admits exactly as many calls as it can pay for at worst, and is spent to the last call it can pay for", async () => {
    const { accountId, holderId, secrets } = await createHolder(holder);
    const send = async (at: number) => {
      const url = `${servers[at % 2]?.url}/v1/chat/completions`;
      const body = chatBody({ max_completion_tokens: 10 });
      const response = await post(url, secrets[at % secrets.length] ?? "", body);
      await response.text();
      return response.status;
    };
    let answer: () => void = () => undefined;
    const mayAnswer = new Promise<void>((resolve) => {
      answer = resolve;
    });
    upstream.script(async (res, call) => {
      await mayAnswer;
      await json(200, plainCompletion())(res, call);
    });

    const burst = Array.from({ length: 60 }, (_, at) => send(at));
    let refused = 0;
    for (const status of burst) void status.then((told) => (told === 402 ? refused++ : 0));
    await until(() => (refused + upstream.calls.length === 60 ? true : null), 20_000);
    const admitted = upstream.calls.length;
    const month = () => db.budgetMonth.findFirstOrThrow({ where: { holderId } });
    const { reservedNanoUsd: reserved } = await month();
    const each = reserved / BigInt(admitted);
    expect(each * BigInt(admitted)).toBe(reserved);
    expect(admitted).toBe(Number(budget / each));
    expect(refused).toBe(60 - admitted);

    answer();
    const statuses = await Promise.all(burst);
    expect(statuses.filter((status) => status === 200)).toHaveLength(admitted);
    expect(await month()).toMatchObject({ spentNanoUsd: BigInt(admitted) * callCost, reservedNanoUsd: 0n });

    let more = 0;
    while ((await send(more)) === 200) more++;
    const { spentNanoUsd: spent, reservedNanoUsd: left } = await month();
    expect(spent).toBe(BigInt(admitted + more) * callCost);
    expect(left).toBe(0n);
    expect(spent).toBeLessThanOrEqual(budget);
    expect(budget - spent).toBeLessThan(each);
    const rows = await db.request.aggregate({
      where: { accountId },
      _sum: { costNanoUsd: true },
      _count: true,
    });
    expect(rows).toMatchObject({ _sum: { costNanoUsd: spent }, _count: admitted + more });
  });
});
