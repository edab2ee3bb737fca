import type { Model, ModelPrices } from "#lib/models/model.ts";
import { type PricePeriod, pricesAt } from "#lib/models/price-periods.ts";

/** A price is set at least this long before it comes into force, so that every process knows it by then. */
export const priceLeadMs = 3_000;
/** Prices known for less than this are used; for longer, they are used once more while they are read anew. */
const freshMs = 1_000;
/** Known for longer, they are not used any more. Shorter than the lead by what a read may take. */
const usableMs = 2_000;

export interface PriceBook {
  /** What a token of the model costs at a moment that is now. At once, unless the prices have to be read first. */
  at(model: Model, now: Date): ModelPrices | Promise<ModelPrices>;
}

/**
 * The prices as a process knows them. They are read once a second at most, when there are calls. `load` gives all periods; `nowMs` is a
 * clock that never goes back.
 */
export function createPriceBook(load: () => Promise<readonly PricePeriod[]>, nowMs: () => number): PriceBook {
  let known: { periods: readonly PricePeriod[]; askedAtMs: number } | null = null;
  let loading: Promise<readonly PricePeriod[]> | null = null;

  async function read(): Promise<readonly PricePeriod[]> {
    const askedAtMs = nowMs();
    try {
      const periods = await load();
      known = { periods, askedAtMs };
      return periods;
    } finally {
      loading = null;
    }
  }

  return {
    at(model, now) {
      const ageMs = known ? nowMs() - known.askedAtMs : Number.POSITIVE_INFINITY;
      if (known && ageMs < freshMs) return pricesAt(model, known.periods, now);
      loading ??= read();
      if (!known || ageMs >= usableMs) return loading.then((periods) => pricesAt(model, periods, now));
      // Whoever comes after `usableMs` is told if it fails.
      loading.catch(() => undefined);
      return pricesAt(model, known.periods, now);
    },
  };
}
