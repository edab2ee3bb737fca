import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ask, content, offline, startMs, user } from "../testing.ts";
import { type Hints, readHints } from "./hints.ts";
import { makeValue } from "./make-value.ts";

function hintsOf(text: string): Hints {
  return readHints({
    text,
    ask: text,
    language: "en",
    system: "",
    earlier: [],
    images: [],
    toolResults: [],
    nowMs: startMs,
    seed: 1,
  });
}

type JsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;
const readSchema = (value: object): JsonSchema =>
  z.custom<JsonSchema>((given) => typeof given === "object").parse(value);

const names = fc.constantFrom(
  "city",
  "query",
  "count",
  "id",
  "unit",
  "date",
  "items",
  "x_y",
  "url",
  "enabled",
);
const range = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(40));
const scalar = fc.oneof(
  fc.record({ type: fc.constant("string") }),
  range.map(([, size]) => ({ type: "string", minLength: size, maxLength: size + 3 })),
  fc.constantFrom("date", "email", "uuid").map((format) => ({ type: "string", format })),
  fc
    .constantFrom("^[A-Z]{2}$", "^\\d{4}-\\d{2}$", "^[a-z]+$")
    .map((pattern) => ({ type: "string", pattern })),
  range.map(([low, size]) => ({ type: "integer", minimum: low, maximum: low + size })),
  range.map(([low, size]) => ({ type: "number", minimum: low, maximum: low + size + 0.5 })),
  fc.constantFrom(3, 7, 0.5).map((step) => ({ type: "number", multipleOf: step })),
  fc.record({ type: fc.constantFrom("boolean", "null") }),
  fc
    .uniqueArray(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 4 })
    .map((values) => ({ enum: values })),
  fc.constantFrom("a", 4, true).map((value) => ({ const: value })),
);
const { schema } = fc.letrec<Record<"schema" | "object" | "array" | "union", object>>((tie) => ({
  schema: fc.oneof({ maxDepth: 3 }, scalar, tie("object"), tie("array"), tie("union")),
  object: fc
    .dictionary(names, tie("schema"), { maxKeys: 4 })
    .chain((properties) =>
      fc
        .subarray(Object.keys(properties))
        .map((required) => ({ type: "object", properties, required, additionalProperties: false })),
    ),
  array: fc
    .tuple(tie("schema"), fc.nat(3), fc.nat(3))
    .map(([items, least, more]) => ({ type: "array", items, minItems: least, maxItems: least + more })),
  union: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
}));
const prompts = fc.constantFrom(
  "",
  "Weather in Tokyo and Rome on 2026-01-02, 3 times",
  'Search for "red shoes" at https://shop.example/a?b=1 with unit x_y enabled',
  "数到 20 -7 1.5",
);

describe("a made value", () => {
  test("keeps to its schema, whatever schema and prompt", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(schema, prompts, (given, prompt) => {
        const value = makeValue(given, hintsOf(prompt));
        const parsed = z.fromJSONSchema(readSchema(given)).safeParse(value);
        expect(parsed.success ? [] : [value, parsed.error.issues]).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("follows $ref, and a schema that refers to itself ends", () => {
    const tree = {
      $ref: "#/$defs/node",
      $defs: {
        node: {
          type: "object",
          properties: {
            name: { type: "string" },
            children: { type: "array", items: { $ref: "#/$defs/node" } },
          },
          required: ["name", "children"],
        },
      },
    };
    expect(makeValue(tree, hintsOf("Call it 'oak'"))).toEqual({ name: "oak", children: [] });
    const endless = {
      $ref: "#/$defs/a",
      $defs: { a: { allOf: [{ $ref: "#/$defs/a" }, { $ref: "#/$defs/a" }] } },
    };
    expect(() => makeValue(endless, hintsOf(""))).not.toThrow();
    const nested = {
      $ref: "#/$defs/a",
      $defs: { a: { type: "object", properties: { a: { $ref: "#/$defs/a" } }, required: ["a"] } },
    };
    expect(() => JSON.stringify(makeValue(nested, hintsOf("")))).not.toThrow();
  });

  test("unique items differ", () => {
    const items = { type: "array", items: { type: "integer", minimum: 0 }, minItems: 4, uniqueItems: true };
    const value = z.array(z.int()).parse(makeValue(items, hintsOf("")));
    expect(new Set(value).size).toBe(4);
  });
});

test("numbers to be drawn label themselves", () => {
  const spec = z.object({
    labels: z.array(z.string()).min(1),
    series: z.array(z.object({ values: z.array(z.number()) })).min(1),
  });
  expect(makeValue(z.toJSONSchema(spec), hintsOf("Draw a bar chart of 3, 5, 8 and 13"))).toEqual({
    labels: ["3", "5", "8", "13"],
    series: [{ values: [3, 5, 8, 13] }],
  });
});

describe("JSON answers", () => {
  test("json_schema gives an object valid against the schema", async () => {
    const schema = {
      type: "object",
      properties: { city: { type: "string" }, days: { type: "integer", minimum: 1 } },
      required: ["city", "days"],
      additionalProperties: false,
    };
    const format = { type: "json_schema", json_schema: { name: "trip", strict: true, schema } };
    const answer = await ask(offline(), {
      messages: [user("Plan 3 days in Lisbon")],
      response_format: format,
    });
    expect(JSON.parse(content(answer))).toEqual({ city: "Lisbon", days: 3 });
  });

  test("json_object gives an object, with the keys that were named", async () => {
    const response_format = { type: "json_object" };
    const free = await ask(offline(), {
      messages: [user("What is 2 + 2? Answer in JSON.")],
      response_format,
    });
    expect(JSON.parse(content(free))).toMatchObject({ answer: "2 + 2 = 4" });
    const text = 'Reply in JSON like {"name": "...", "count": 0} about "Ada" and 7';
    const named = await ask(offline(), { messages: [user(text)], response_format });
    expect(Object.keys(JSON.parse(content(named)))).toEqual(["name", "count"]);
  });
});
