"use client";

import { createContext, useContext } from "react";
import { defaultFollowUps, type FollowUpChoice } from "#lib/accounts/choices.ts";

const Context = createContext<FollowUpChoice>(defaultFollowUps);

/** Says below it when follow-ups are suggested. */
export const FollowUpChoiceProvider = Context.Provider;

export function useFollowUpChoice(): FollowUpChoice {
  return useContext(Context);
}
