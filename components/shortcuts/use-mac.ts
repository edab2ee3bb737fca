"use client";

import { useSyncExternalStore } from "react";

const neverChanges = () => () => undefined;

export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

/** Whether the keys are a Mac's; false until the page is alive. */
export function useMac(): boolean {
  return useSyncExternalStore(neverChanges, isMac, () => false);
}
