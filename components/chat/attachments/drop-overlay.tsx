"use client";

import { Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";
import { attachmentLimits } from "#lib/chat/attachments/limits.ts";

const mib = 1_048_576;

export function DropOverlay() {
  const t = useTranslations("attachments");
  const { filesPerMessage, imageBytes, textBytes } = attachmentLimits;
  return (
    <div className="pointer-events-none absolute inset-2 z-30 grid animate-fade-in place-items-center rounded-card border-2 border-ring border-dashed bg-overlay/95 p-6 text-center">
      <div>
        <Paperclip aria-hidden="true" className="mx-auto size-7 text-muted" />
        <p className="mt-3 font-medium text-16">{t("drop")}</p>
        <p className="mt-1 text-14 text-muted">
          {t("limits", { count: filesPerMessage, most: imageBytes / mib, text: textBytes / mib })}
        </p>
      </div>
    </div>
  );
}
