"use client";

import { RotateCw, TextCursorInput, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { FileCard } from "./file-card.tsx";
import { Picture } from "./picture.tsx";
import type { TrayItem, UploadState } from "./tray.ts";
import { useFailure } from "./use-failure.ts";

export interface TrayCardProps {
  item: TrayItem;
  onRemove: () => void;
  onRetry: () => void;
  onText: (text: string) => void;
}

/** One file of the message that is being written: what it is, how far it is, what to do when it failed. */
export function TrayCard({ item, onRemove, onRetry, onText }: TrayCardProps) {
  const t = useTranslations("attachments");
  const { name, kind, picture, pasted, upload } = item;
  const failure = useFailure(upload.step === "failed" ? upload.code : null, kind);
  const failed = upload.step === "failed";
  return (
    <li
      data-step={upload.step}
      className={classNames(
        "relative flex max-w-full items-center rounded-card border bg-surface",
        failed ? "border-danger/60 bg-danger-soft" : "border-border",
      )}
    >
      {kind === "image" && !failed ? (
        <Picture key={picture} address={picture} alt={name} className="size-16 rounded-l-card" />
      ) : (
        <FileCard
          name={name}
          file={upload.step === "ready" ? upload.file : null}
          kind={kind}
          sizeBytes={item.sizeBytes}
          failure={failure}
        />
      )}
      <div className="flex flex-col self-stretch">
        <IconButton label={t("remove", { name })} icon={<X aria-hidden="true" />} onClick={onRemove} />
        {failed && upload.again && (
          <IconButton label={t("retry", { name })} icon={<RotateCw aria-hidden="true" />} onClick={onRetry} />
        )}
        {pasted !== null && !failed && (
          <IconButton
            label={t("asText")}
            icon={<TextCursorInput aria-hidden="true" />}
            onClick={() => onText(pasted)}
          />
        )}
      </div>
      <Progress name={name} upload={upload} />
    </li>
  );
}

function Progress({ name, upload }: { name: string; upload: UploadState }) {
  const t = useTranslations("attachments");
  if (upload.step !== "preparing" && upload.step !== "uploading") return null;
  const percent = upload.step === "uploading" ? Math.round(upload.share * 100) : 0;
  return (
    <div
      role="progressbar"
      aria-label={t("progress", { name })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="absolute inset-x-2 bottom-1 h-1 overflow-hidden rounded-full bg-foreground/15"
    >
      {/* Drawn, because a strict content policy forbids style attributes. */}
      <svg aria-hidden="true" className="block size-full">
        <rect width={`${Math.max(4, percent)}%`} height="100%" rx="2" className="fill-accent" />
      </svg>
    </div>
  );
}
