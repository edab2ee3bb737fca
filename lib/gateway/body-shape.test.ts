import fc from "fast-check";
import { expect, test } from "vitest";
import { refuseUnreasonableShape } from "./body-shape.ts";

const check = (text: string) => refuseUnreasonableShape(Buffer.from(text));
const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const many = (count: number) => `[${Array.from({ length: count }, () => '{"a":[1,2]}').join(",")}]`;

test("256 levels are taken, 257 are refused by the field they stand in", () => {
  expect(() => check(`{"model":"m","input":${deep(255)}}`)).not.toThrow();
  expect(() => check(`{"model":"m","input":${deep(256)},"b":1}`)).toThrow(
    expect.objectContaining({ code: "invalid_request", param: "input" }),
  );
  expect(() => check(deep(257))).toThrow(expect.objectContaining({ code: "invalid_request", param: null }));
});

test("20,000 entries of a field are taken, one more is refused by its name", () => {
  expect(() => check(`{"messages":${many(20_000)},"tools":${many(20_000)}}`)).not.toThrow();
  expect(() => check(`{"model":"m","messages":${many(20_001)}}`)).toThrow(
    expect.objectContaining({ code: "invalid_request", param: "messages" }),
  );
});

test("brackets, commas and quotes inside of texts count for nothing", () => {
  const text = JSON.stringify(`${'[{"'.repeat(1_000) + ",".repeat(30_000)}\\`);
  expect(() => check(`{"messages":[${text},{"content":${text}}]}`)).not.toThrow();
});

test("a name that cannot be shown is not", () => {
  expect(() => check(`{"\\u0000":${deep(300)}}`)).toThrow(expect.objectContaining({ param: null }));
});

test("any bytes are looked at without failing otherwise", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      expect(() => refuseUnreasonableShape(Buffer.from(bytes))).not.toThrow();
    }),
  );
});
