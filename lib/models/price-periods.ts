import type { Model, ModelPrices } from "./model.ts";

/** Prices that an admin set for a model: in force from a moment on, until the next ones. */
export interface PricePeriod {
  model: string;
  effectiveAt: Date;
  prices: ModelPrices;
}

/** What a token costs at a moment: by the latest prices that were in force then, else by the catalog. */
export function pricesAt(model: Model, periods: readonly PricePeriod[], at: Date): ModelPrices {
  let found: PricePeriod | null = null;
  for (const period of periods) {
    if (period.model !== model.id || period.effectiveAt > at) continue;
    if (!found || period.effectiveAt > found.effectiveAt) found = period;
  }
  return found?.prices ?? model.prices;
}
