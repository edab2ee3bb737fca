import { expect, test } from "vitest";
import { kimiK26 } from "#lib/models/kimi-k2.6.ts";
import { listPricesOf } from "./price-list.ts";

const stored = (id: string, at: string) => ({
  id,
  model: kimiK26.id,
  prices: kimiK26.prices,
  effectiveAt: new Date(at),
  createdAt: new Date(0),
  createdBy: "acc_1",
});

test("prices are past, current or future, each until the next begins, and the catalog's are the first of all", () => {
  const now = new Date("2026-06-15T00:00:00Z");
  const prices = [
    stored("prc_a", "2026-06-01T00:00:00Z"),
    stored("prc_c", "2026-07-01T00:00:00Z"),
    stored("prc_b", "2026-06-10T00:00:00Z"),
  ];
  expect(
    listPricesOf(kimiK26, prices, now).map(({ id, state, until }) => [
      id,
      state,
      until?.getUTCMonth() ?? null,
    ]),
  ).toEqual([
    ["prc_c", "future", null],
    ["prc_b", "current", 6],
    ["prc_a", "past", 5],
    [null, "past", 5],
  ]);
  expect(listPricesOf(kimiK26, [], now)).toMatchObject([{ id: null, state: "current", from: null }]);
});
