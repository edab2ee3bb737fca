import { describe, expect, test } from "vitest";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readKeyFields, readNewKey } from "./key-fields.ts";

const asked = (body: unknown) =>
  new Request("http://127.0.0.1/api/keys", { method: "POST", body: JSON.stringify(body) });

describe("the fields of a key", () => {
  test("are read into its scope, money in nano-USD", async () => {
    const body = {
      name: " app ",
      modelPatterns: ["moonshot/*"],
      requestsPerMinute: 10,
      monthlyBudgetUsd: "12.50",
      expiresAt: "2999-01-01T00:00:00.000Z",
    };
    expect(await readNewKey(asked(body))).toEqual({
      name: "app",
      modelPatterns: ["moonshot/*"],
      requestsPerMinute: 10,
      monthlyBudgetNanoUsd: 12_500_000_000n,
      expiresAt: new Date("2999-01-01T00:00:00Z"),
    });
  });

  test("left out they stay out, emptied they are lifted", async () => {
    expect(await readKeyFields(asked({}))).toEqual({});
    const emptied = { requestsPerMinute: null, monthlyBudgetUsd: " ", expiresAt: null, modelPatterns: [] };
    expect(await readKeyFields(asked(emptied))).toEqual({
      requestsPerMinute: null,
      monthlyBudgetNanoUsd: null,
      expiresAt: null,
      modelPatterns: [],
    });
  });

  test.each([
    ["name", { name: "" }],
    ["name", {}],
    ["modelPatterns", { name: "app", modelPatterns: ["no/such-model"] }],
    ["modelPatterns", { name: "app", modelPatterns: ["two words"] }],
    ["requestsPerMinute", { name: "app", requestsPerMinute: 0 }],
    ["requestsPerMinute", { name: "app", requestsPerMinute: "ten" }],
    ["monthlyBudgetUsd", { name: "app", monthlyBudgetUsd: "-5" }],
    ["expiresAt", { name: "app", expiresAt: "2020-01-01T00:00:00.000Z" }],
    ["expiresAt", { name: "app", expiresAt: "tomorrow" }],
  ])("%s that cannot be taken is told in a sentence: %j", async (field, body) => {
    const refused = await readNewKey(asked(body)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidFields);
    expect(refused).toMatchObject({ param: field, fields: { [field]: expect.stringMatching(/\.$/) } });
  });
});
