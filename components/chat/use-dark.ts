"use client";

import { useSyncExternalStore } from "react";

function watch(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["class"] });
  return () => observer.disconnect();
}

/** Whether the page is shown dark now. */
export function useDark(): boolean {
  return useSyncExternalStore(
    watch,
    () => document.documentElement.classList.contains("dark"),
    () => false,
  );
}
