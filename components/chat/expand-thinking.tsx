"use client";

import { createContext, useContext } from "react";

const Context = createContext(false);

/** Says below it whether the person wants thinking unfolded from the start. */
export const ExpandThinkingProvider = Context.Provider;

export function useExpandThinking(): boolean {
  return useContext(Context);
}
