"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Sheet } from "#components/ui/sheet.tsx";

/** A request over the log that it was opened from; closing it goes back there, to the row. */
export function RequestSheet({ children }: { children: ReactNode }) {
  const t = useTranslations("requests");
  const router = useRouter();
  return (
    <Sheet open onOpenChange={() => router.back()} title={t("one")}>
      {children}
    </Sheet>
  );
}
