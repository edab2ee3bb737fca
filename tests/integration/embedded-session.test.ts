import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { databases } from "#tests/support/databases.ts";

const embeddedUrl = databases.find((database) => database.name === "embedded")?.url ?? "";

function message(type: string, ...parts: (string | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part === "string") return Buffer.from(`${part}\0`);
      const int16 = Buffer.alloc(2);
      int16.writeInt16BE(part);
      return int16;
    }),
  );
  const head = Buffer.alloc(4);
  head.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), head, body]);
}

async function readUntil(socket: Socket, text: string): Promise<string> {
  let received = "";
  while (!received.includes(text)) received += String((await once(socket, "data"))[0]);
  return received;
}

async function openRaw(): Promise<Socket> {
  const dir = new URL(embeddedUrl).searchParams.get("host") ?? "";
  const socket = connect(join(dir, ".s.PGSQL.5432"));
  onTestFinished(() => void socket.destroy());
  const startup = message("", "user", "postgres", "database", "postgres", "");
  startup.writeInt32BE(startup.length + 4);
  socket.write(Buffer.concat([startup.subarray(0, 4), Buffer.from([0, 3, 0, 0]), startup.subarray(4)]));
  await readUntil(socket, "Z\0\0\0\u0005I");
  return socket;
}

const bindAndRun = Buffer.concat([message("B", "", "", 0, 0, 0), message("E", "", 0, 0), message("S")]);

async function withTwo(work: (one: pg.Client, two: pg.Client) => Promise<void>): Promise<void> {
  const [one, two] = [new pg.Client(embeddedUrl), new pg.Client(embeddedUrl)];
  await Promise.all([one.connect(), two.connect()]);
  try {
    await work(one, two);
  } finally {
    await Promise.all([one.end(), two.end()]);
  }
}

test("a statement whose bytes arrive in two parts is not mixed with another connection's", async () => {
  const slow = await openRaw();
  await withTwo(async (other) => {
    slow.write(Buffer.concat([message("P", "", "SELECT 'mine' AS word", 0), message("H")]));
    await readUntil(slow, "1\0\0\0\u0004");
    const others = other.query("SELECT $1::text AS word", ["theirs"]);
    slow.write(bindAndRun);
    expect(await readUntil(slow, "Z\0\0\0\u0005I")).toContain("mine");
    expect((await others).rows).toEqual([{ word: "theirs" }]);
  });
});

test("a connection that breaks off within a statement does not hold up the others", async () => {
  const broken = await openRaw();
  await withTwo(async (other) => {
    broken.write(Buffer.concat([message("P", "", "SELECT no_such_column", 0), message("H")]));
    await readUntil(broken, "no_such_column");
    const others = other.query("SELECT $1::text AS word", ["theirs"]);
    broken.destroy();
    expect((await others).rows).toEqual([{ word: "theirs" }]);
  });
});

test("a statement is kept for all connections, also when they prepare it at once or anew", async () => {
  const word = (value: string) => ({
    name: "aig_test_word",
    text: "SELECT $1::text AS word",
    values: [value],
  });
  await withTwo(async (one, two) => {
    const first = await Promise.all([
      one.query(word("one")),
      two.query(word("two")),
      one.query(word("three")),
    ]);
    expect(first.map(({ rows }) => rows[0])).toEqual([{ word: "one" }, { word: "two" }, { word: "three" }]);
    const kept = await two.query("SELECT 1 FROM pg_prepared_statements WHERE name = 'aig_test_word'");
    expect(kept.rowCount).toBe(1);
  });
  await withTwo(async (one) => expect((await one.query(word("four"))).rows).toEqual([{ word: "four" }]));
});

test("one that could not be prepared is prepared by the next who asks, and one in a failed transaction stays", async () => {
  const read = { name: "aig_test_late", text: "SELECT value FROM session_test" };
  const divide = (by: number) => ({
    name: "aig_test_divide",
    text: "SELECT 6 / $1::int AS value",
    values: [by],
  });
  await withTwo(async (one, two) => {
    await expect(one.query(read)).rejects.toMatchObject({ code: "42P01" });
    await one.query("CREATE TABLE session_test AS SELECT 7 AS value");
    expect((await two.query(read)).rows).toEqual([{ value: 7 }]);
    await one.query("BEGIN");
    await expect(one.query(divide(0))).rejects.toMatchObject({ code: "22012" });
    await expect(one.query(divide(1))).rejects.toMatchObject({ code: "25P02" });
    await one.query("ROLLBACK");
    expect((await two.query(divide(2))).rows).toEqual([{ value: 3 }]);
    await one.query("DROP TABLE session_test");
  });
});

test("plans of kept statements are made anew when much has arrived", async () => {
  const find = {
    name: "aig_test_find",
    text: "SELECT value FROM plan_test WHERE value = $1::int",
    values: [1],
  };
  await withTwo(async (one) => {
    await one.query("CREATE TABLE plan_test (value int)");
    await one.query("INSERT INTO plan_test VALUES (1)");
    await one.query("CREATE INDEX ON plan_test (value)");
    await one.query("ANALYZE plan_test");
    for (let times = 0; times < 10; times++) await one.query(find);
    await one.query("INSERT INTO plan_test SELECT generate_series(2, 50000)");
    await one.query("SELECT length($1::text)", ["x".repeat(1_100_000)]);
    const { rows } = await one.query("EXPLAIN EXECUTE aig_test_find(1)");
    expect(JSON.stringify(rows)).toContain("Index");
    await one.query("DROP TABLE plan_test");
  });
});

test("a large result comes whole and in order, also when it is answered in many parts", async () => {
  await withTwo(async (one, two) => {
    const text = "SELECT n, repeat('x', 50) AS pad FROM generate_series(1, $1::int) AS n";
    const [many, few] = await Promise.all([one.query(text, [20_000]), two.query(text, [3])]);
    expect(many.rows.map(({ n }) => n)).toEqual(Array.from({ length: 20_000 }, (_, at) => at + 1));
    expect(few.rows).toHaveLength(3);
  });
});
