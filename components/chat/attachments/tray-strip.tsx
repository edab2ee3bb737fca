"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { TrayCard } from "./tray-card.tsx";
import type { Attachments } from "./use-attachments.ts";

export interface TrayStripProps {
  attachments: Attachments;
  /** Puts a pasted text into the field after all. */
  onText: (text: string) => void;
}

/** The files above the text that is being written. */
export function TrayStrip({ attachments, onText }: TrayStripProps) {
  const t = useTranslations("attachments");
  const { items, remove, retry } = attachments;
  const failed = items.filter(({ upload }) => upload.step === "failed").length;
  const left = items.filter(
    ({ upload }) => upload.step === "preparing" || upload.step === "uploading",
  ).length;
  useWarning(left > 0);
  if (items.length === 0) return null;
  return (
    <div className="mb-1">
      <ul aria-label={t("list")} className="flex max-h-56 flex-wrap gap-2 overflow-y-auto p-1">
        {items.map((item) => (
          <TrayCard
            key={item.key}
            item={item}
            onRemove={() => remove(item.key)}
            onRetry={() => retry(item.key)}
            onText={(text) => {
              remove(item.key);
              onText(text);
            }}
          />
        ))}
      </ul>
      <p role="status" className="px-1 text-12 text-muted empty:hidden">
        {failed > 0
          ? t("failedStatus", { count: failed })
          : left > 0
            ? t("uploadingStatus", { count: left })
            : ""}
      </p>
    </div>
  );
}

/** Leaving the page would lose what is on its way. */
function useWarning(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [on]);
}
