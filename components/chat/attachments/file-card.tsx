"use client";

import { FileText, FileType } from "lucide-react";
import dynamic from "next/dynamic";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { detailsOf, type FileKind, type FilePart } from "#lib/chat/attachments/file-part.ts";

const FilePreview = dynamic(() => import("./file-preview.tsx").then((module) => module.FilePreview), {
  ssr: false,
});

export interface FileCardProps {
  name: string;
  kind: FileKind;
  sizeBytes: number;
  /** Once the server has it: it can then be looked into. */
  file: FilePart | null;
  failure: string | null;
}

/** A text or PDF as a small card that opens what the model is given of it. */
export function FileCard({ name, kind, sizeBytes, file, failure }: FileCardProps) {
  const t = useTranslations("attachments");
  const [open, setOpen] = useState(false);
  const about = useAbout(sizeBytes, file);
  const Icon = kind === "pdf" ? FileType : FileText;
  const content = (
    <>
      <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <span className="min-w-0">
        <span dir="auto" className="block truncate font-medium text-13">
          {name}
        </span>
        {failure ? (
          <span className="block text-12 text-danger">{failure}</span>
        ) : (
          <span className="block truncate text-12 text-muted">{about}</span>
        )}
      </span>
    </>
  );
  const look = "flex min-h-14 min-w-0 max-w-72 items-center gap-2.5 rounded-card py-2 pr-1 pl-3 text-left";
  if (!file || kind === "image") return <div className={look}>{content}</div>;
  return (
    <>
      <button
        type="button"
        aria-label={t("preview", { name })}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={`${look} transition-colors hover:bg-raised`}
      >
        {content}
      </button>
      {open && <FilePreview file={file} about={about} onClose={() => setOpen(false)} />}
    </>
  );
}

/** "PDF · 3 pages · 1.2 MB", and whether the model sees only a part. */
function useAbout(sizeBytes: number, file: FilePart | null): string {
  const t = useTranslations("attachments");
  const format = useFormatter();
  const { pages, chars, truncated } = file ? detailsOf(file) : {};
  const mega = sizeBytes >= 1_048_576;
  const size = format.number(sizeBytes / (mega ? 1_048_576 : 1_024), {
    style: "unit",
    unit: mega ? "megabyte" : "kilobyte",
    maximumFractionDigits: mega ? 1 : 0,
  });
  return [
    ...(pages === undefined ? [] : [t("pages", { count: pages })]),
    size,
    ...(chars === 0 ? [t("noText")] : []),
    ...(truncated ? [t("cut", { chars: format.number(chars ?? 0) })] : []),
  ].join(" · ");
}
