import { expect, test } from "vitest";
import { toText } from "./joined-statements.ts";

test.each([
  [null, null],
  [12n, "12"],
  [true, "true"],
  [new Date("2026-01-02T03:04:05.678Z"), "2026-01-02T03:04:05.678Z"],
  [["a", "req_0-1/x", null, "null", "NULL", ""], '{a,req_0-1/x,NULL,"null","NULL",""}'],
  [['a "b" \\ {c}', "é, d"], '{"a \\"b\\" \\\\ {c}","é, d"}'],
  [["{1,2}"], '{"{1,2}"}'],
  [[], "{}"],
])("values are written as PostgreSQL reads them (%#)", (value, text) => {
  expect(toText(value)).toBe(text);
});
