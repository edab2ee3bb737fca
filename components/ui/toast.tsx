"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { type Toast, toastStore } from "./toast-store.ts";

const ToastCards = lazy(() => import("./toast-cards.tsx").then((module) => ({ default: module.ToastCards })));
const none: readonly Toast[] = [];

/** The one place where toasts appear. What shows them is fetched with the first. */
export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.list, () => none);
  if (toasts.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <ToastCards toasts={toasts} />
    </Suspense>
  );
}
