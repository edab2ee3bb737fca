import { expect, test } from "vitest";
import { createPayerMemory } from "./payer-memory.ts";

const found = {
  payer: {
    accountId: "acc_1",
    plan: "paid" as const,
    accountBudget: null,
    keyId: null,
    keyHolder: null,
    keyBudget: null,
    keyDisabled: false,
    keepBodiesDays: null,
    requestsPerMinute: null,
    accountRequestsPerDay: null,
    accountRequestsPerMinute: null,
    modelPatterns: [],
    expiresAt: null,
    lastUsedAt: null,
  },
  keyVersion: null,
  accountVersion: "7",
  window: { seconds: [1], counts: [1], version: "8" },
};

test("a payer is remembered for a minute, as it was last seen", () => {
  let nowMs = 0;
  const memory = createPayerMemory(() => nowMs);
  memory.remember(new Map([["a", found]]));
  const later = { ...found, accountVersion: "9" };
  memory.remember(new Map([["a", later]]));
  expect(memory.recall("a")).toBe(later);
  expect(memory.recall("b")).toBeNull();
  nowMs = 60_001;
  expect(memory.recall("a")).toBeNull();
});

test("after a wrong guess a payer is not remembered for a second", () => {
  let nowMs = 0;
  const memory = createPayerMemory(() => nowMs);
  memory.remember(new Map([["a", found]]));
  memory.forget(["a"]);
  memory.remember(new Map([["a", found]]));
  expect(memory.recall("a")).toBeNull();
  nowMs = 1_000;
  memory.remember(new Map([["a", found]]));
  expect(memory.recall("a")).toBe(found);
});

test("it holds 10,000 payers at most", () => {
  const memory = createPayerMemory(() => 0);
  memory.remember(new Map(Array.from({ length: 10_001 }, (_, n) => [String(n), found])));
  expect(memory.recall("0")).toBeNull();
  expect(memory.recall("10000")).toBe(found);
});
