import { expect, test } from "vitest";
import { kimiK26 } from "#lib/models/kimi-k2.6.ts";
import type { PricePeriod } from "#lib/models/price-periods.ts";
import { createPriceBook, priceLeadMs } from "./price-book.ts";

const prices = { inputNanoUsd: 1, cachedInputNanoUsd: 1, outputNanoUsd: 1 };

function bookOf() {
  const clock = { ms: 0 };
  const stored: PricePeriod[] = [];
  const state = { reads: 0, fails: false };
  const book = createPriceBook(
    async () => {
      state.reads += 1;
      if (state.fails) throw new Error("no database");
      return [...stored];
    },
    () => clock.ms,
  );
  return { book, clock, stored, state };
}

test("a price set with the lead is charged from its very moment on, however often calls come", async () => {
  for (const every of [100, 700, 1_300, 1_900, 2_600, 10_000]) {
    const { book, clock, stored } = bookOf();
    const effectiveAt = new Date(5_000 + priceLeadMs);
    for (; clock.ms < 30_000; clock.ms += every) {
      if (clock.ms >= 5_000 && stored.length === 0) {
        stored.push({ model: kimiK26.id, effectiveAt, prices });
        clock.ms = Math.min(clock.ms, effectiveAt.getTime() - priceLeadMs);
      }
      const now = new Date(clock.ms);
      expect(await book.at(kimiK26, now)).toEqual(now >= effectiveAt ? prices : kimiK26.prices);
    }
  }
});

test("prices are read once a second at most, and by one of the calls that come together", async () => {
  const { book, clock, state } = bookOf();
  await Promise.all(Array.from({ length: 50 }, () => book.at(kimiK26, new Date())));
  expect(state.reads).toBe(1);
  for (; clock.ms < 10_000; clock.ms += 10) await book.at(kimiK26, new Date());
  expect(state.reads).toBeLessThanOrEqual(11);
});

test("prices that may have been replaced are not charged: the call fails while they cannot be read", async () => {
  const { book, clock, state } = bookOf();
  await book.at(kimiK26, new Date());
  state.fails = true;
  clock.ms = 1_500;
  expect(await book.at(kimiK26, new Date())).toEqual(kimiK26.prices);
  clock.ms = 2_500;
  await expect(book.at(kimiK26, new Date())).rejects.toThrow("no database");
  state.fails = false;
  expect(await book.at(kimiK26, new Date())).toEqual(kimiK26.prices);
});
