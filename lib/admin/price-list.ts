import type { Model, ModelPrices } from "#lib/models/model.ts";
import type { StoredPrice } from "#lib/usage/store/prices.ts";

/** Prices of a model with the time they hold. */
export interface ListedPrice {
  /** Null for the catalog's. */
  id: string | null;
  prices: ModelPrices;
  /** Null for the catalog's, which hold from the beginning. */
  from: Date | null;
  /** Null while none follow. */
  until: Date | null;
  state: "future" | "current" | "past";
  createdBy: string | null;
}

/** All prices of a model, the latest first, the catalog's last. */
export function listPricesOf(model: Model, stored: readonly StoredPrice[], now: Date): ListedPrice[] {
  const latestFirst = stored
    .filter((price) => price.model === model.id)
    .toSorted((a, b) => b.effectiveAt.getTime() - a.effectiveAt.getTime());
  const all = [
    ...latestFirst.map(({ id, prices, effectiveAt, createdBy }) => ({
      id,
      prices,
      from: effectiveAt,
      createdBy,
    })),
    { id: null, prices: model.prices, from: null, createdBy: null },
  ];
  return all.map((price, index) => {
    const until = all[index - 1]?.from ?? null;
    return { ...price, until, state: stateOf(price.from, until, now) };
  });
}

function stateOf(from: Date | null, until: Date | null, now: Date): ListedPrice["state"] {
  if (from && from > now) return "future";
  return until && until <= now ? "past" : "current";
}
