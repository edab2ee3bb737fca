import { afterAll, describe, expect, test } from "vitest";
import { eachRow, onConnection } from "#lib/db/client.ts";
import { databases, openTestDb } from "#tests/support/databases.ts";

describe.each(databases)("rows one by one on $name", ({ url }) => {
  const db = openTestDb(url, 1);
  afterAll(() => db.$disconnect());

  const numbers = "SELECT n FROM generate_series(1, $1::int) AS n";

  async function expectUsable(): Promise<void> {
    expect(await onConnection(db, (query) => query(numbers, [1]))).toEqual([{ n: 1 }]);
  }

  test("all are given, in their order", async () => {
    const given: number[] = [];
    await eachRow<{ n: number }>(db, numbers, [3000], ({ n }) => given.push(n));
    expect(given).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
    await expectUsable();
  });

  test("what fails, the statement or who is given the rows, fails it and leaves the pool whole", async () => {
    await expect(eachRow(db, "SELECT 1 / $1::int", [0], () => undefined)).rejects.toThrow("division by zero");
    await expectUsable();
    const refuse = () => {
      throw new Error("no more");
    };
    await expect(eachRow(db, numbers, [3000], refuse)).rejects.toThrow("no more");
    await expectUsable();
  });
});
