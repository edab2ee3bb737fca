"use client";

import { Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { attachmentLimits } from "#lib/chat/attachments/limits.ts";

const mib = 1_048_576;

/** Opens the system's file picker; its tooltip says what may be picked. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations("attachments");
  const input = useRef<HTMLInputElement>(null);
  const { filesPerMessage, imageBytes, textBytes } = attachmentLimits;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-attach=""
        onChange={({ currentTarget }) => {
          onFiles(Array.from(currentTarget.files ?? []));
          // So that the same file can be picked again.
          currentTarget.value = "";
        }}
      />
      <IconButton
        label={t("attach")}
        about={t("limits", { count: filesPerMessage, most: imageBytes / mib, text: textBytes / mib })}
        icon={<Paperclip aria-hidden="true" />}
        onClick={() => input.current?.click()}
      />
    </>
  );
}
