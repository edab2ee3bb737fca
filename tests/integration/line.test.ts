import { afterAll, expect, test } from "vitest";
import { onConnection, runJoinedOn } from "#lib/db/client.ts";
import { openTestDb, postgresUrl } from "#tests/support/databases.ts";

const db = openTestDb(postgresUrl());
afterAll(() => db.$disconnect());

const giving = (value: number) => ({ text: "SELECT $1::int, pg_backend_pid()", values: [value] });
const failing = { text: "SELECT 1 / $1::int", values: [0] };

test("transactions sent before others have answered run in order on one connection, each with its own rows", async () => {
  const results = await Promise.all([1, 2].map((value) => runJoinedOn(db, [giving(value), giving(-value)])));
  expect(results.map((rows) => rows?.map(([row]) => row?.[0]))).toEqual([
    ["1", "-1"],
    ["2", "-2"],
  ]);
  expect(new Set(results.flatMap((rows) => rows?.map(([row]) => row?.[1]) ?? [])).size).toBe(1);
});

test("one that fails is rolled back as a whole, and does not fail the one sent behind it", async () => {
  await onConnection(db, (query) => query("CREATE TABLE line_test (value int)"));
  const adding = (value: number) => ({ text: "INSERT INTO line_test VALUES ($1::int)", values: [value] });
  const [failed, good] = await Promise.allSettled([
    runJoinedOn(db, [adding(1), failing]),
    runJoinedOn(db, [adding(2)]),
  ]);
  expect(failed).toMatchObject({ status: "rejected", reason: { code: "22012" } });
  expect(good.status).toBe("fulfilled");
  await runJoinedOn(db, [adding(3)]);
  const rows = await onConnection(db, (query) => query("SELECT value FROM line_test ORDER BY value"));
  expect(rows).toEqual([{ value: 2 }, { value: 3 }]);
  await onConnection(db, (query) => query("DROP TABLE line_test"));
});

test("a connection that breaks fails what is under way on it; the next transaction has another", async () => {
  const [first] = (await runJoinedOn(db, [giving(1)])) ?? [];
  const pid = Number(first?.[0]?.[1]);
  const sleeping = { text: "SELECT pg_sleep($1::int)", values: [60] };
  const underWay = Promise.allSettled([runJoinedOn(db, [sleeping]), runJoinedOn(db, [giving(2)])]);
  await onConnection(db, async (query) => {
    const ended = () =>
      query<{ ended: boolean }>(
        "SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE pid = $1 AND query LIKE 'SELECT pg_sleep%'",
        [pid],
      );
    while ((await ended()).length === 0);
  });
  expect((await underWay).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect((await runJoinedOn(db, [giving(3)]))?.[0]?.[0]?.[0]).toBe("3");
});
