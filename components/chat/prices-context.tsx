"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { ModelPrices } from "#lib/models/model.ts";

const Context = createContext<ModelPrices | null>(null);

/** What a token costs now, as of when the page was made. */
export function PricesProvider({ prices, children }: { prices: ModelPrices | null; children: ReactNode }) {
  return <Context value={prices}>{children}</Context>;
}

/** Null where nobody told. */
export function usePrices(): ModelPrices | null {
  return useContext(Context);
}
