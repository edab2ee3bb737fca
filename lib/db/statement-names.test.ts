import { expect, test } from "vitest";
import { createStatementNames } from "./statement-names.ts";

test("one text has one name, short enough for PostgreSQL", () => {
  const nameOf = createStatementNames();
  const name = nameOf({ sql: "SELECT 1" });
  expect(nameOf({ sql: "SELECT 1" })).toBe(name);
  expect(nameOf({ sql: "SELECT 2" })).not.toBe(name);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
});

test("the number of named statements is bounded, and the named stay named", () => {
  const nameOf = createStatementNames();
  const first = nameOf({ sql: "SELECT 0" });
  const names = Array.from({ length: 1000 }, (_, n) => nameOf({ sql: `SELECT ${n}` }));
  expect(new Set(names.filter((name) => name !== "")).size).toBe(500);
  expect(names.at(-1)).toBe("");
  expect(nameOf({ sql: "SELECT 0" })).toBe(first);
});
