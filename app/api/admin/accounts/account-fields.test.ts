import { expect, test } from "vitest";
import { readAccountChange } from "./account-fields.ts";

const read = (body: unknown) =>
  readAccountChange(new Request("http://localhost/", { method: "PATCH", body: JSON.stringify(body) }));

test("what is left out of a change stays as it is, and what is emptied is the plan's again", async () => {
  expect(await read({ disabled: true })).toEqual({ change: {}, disabled: true });
  expect(await read({ monthlyBudgetUsd: "12.50", requestsPerDay: 0, requestsPerMinute: null })).toEqual({
    change: { monthlyBudgetNanoUsd: 12_500_000_000n, requestsPerDay: 0, requestsPerMinute: null },
    disabled: undefined,
  });
  expect(await read({ plan: "paid", monthlyBudgetUsd: "" })).toMatchObject({
    change: { plan: "paid", monthlyBudgetNanoUsd: null },
  });
});

test.each([
  [{ monthlyBudgetUsd: "much" }, "monthlyBudgetUsd"],
  [{ requestsPerDay: -1 }, "requestsPerDay"],
  [{ requestsPerMinute: 0 }, "requestsPerMinute"],
  [{ requestsPerMinute: "ten" }, "requestsPerMinute"],
])("%j is refused by its field", async (body, field) => {
  await expect(read(body)).rejects.toMatchObject({ fields: { [field]: expect.any(String) } });
});

test("fields that there are not are refused", async () => {
  await expect(read({ admin: true })).rejects.toMatchObject({ param: "admin" });
});
