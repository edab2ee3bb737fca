"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { Sheet } from "#components/ui/sheet.tsx";

/** A request over the log that it was opened from; closing it goes back there, to the row. */
export function RequestSheet({ children }: { children: ReactNode }) {
  const t = useTranslations("requests");
  const router = useRouter();
  const row = useRef<HTMLElement>(null);
  // Before the sheet takes the focus.
  useLayoutEffect(() => {
    if (document.activeElement instanceof HTMLElement) row.current = document.activeElement;
  }, []);
  return (
    <Sheet open onOpenChange={() => router.back()} returnFocusTo={row} title={t("one")}>
      {children}
    </Sheet>
  );
}
