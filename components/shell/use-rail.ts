import { useSyncExternalStore } from "react";
import { type RailState, readRail, watchPreferences, writeRail } from "#components/ui/preferences.ts";

const beforeItIsKnown = (): RailState => "wide";

/** Whether the rail is narrowed to icons, and how to change it; remembered by the browser. */
export function useRail(): { narrow: boolean; toggle: () => void } {
  const state = useSyncExternalStore(watchPreferences, readRail, beforeItIsKnown);
  const narrow = state === "narrow";
  return { narrow, toggle: () => writeRail(narrow ? "wide" : "narrow") };
}
