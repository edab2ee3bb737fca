"use client";

import { useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";
import { detailsOf, type FilePart, kindOf } from "#lib/chat/attachments/file-part.ts";
import { Lightbox } from "../lightbox.tsx";
import { FileCard } from "./file-card.tsx";
import { Picture } from "./picture.tsx";

/** The files of a message that was sent: pictures that open large, cards for the rest. */
export function MessageFiles({ files, faded }: { files: readonly FilePart[]; faded: boolean }) {
  const t = useTranslations("attachments");
  if (files.length === 0) return null;
  const alone = files.length === 1;
  return (
    <ul
      aria-label={t("list")}
      className={classNames("mb-1.5 flex max-w-full flex-wrap justify-end gap-2", faded && "opacity-60")}
    >
      {files.map((file) => (
        <li key={file.url} className="max-w-full">
          {kindOf(file.mediaType) === "image" ? (
            <Lightbox
              address={file.url}
              alt={file.filename}
              className="block overflow-hidden rounded-card border border-border bg-raised"
            >
              <Picture
                address={file.url}
                alt={file.filename}
                width={detailsOf(file).width}
                height={detailsOf(file).height}
                className={alone ? "h-auto max-h-72 w-auto min-w-24 max-w-full sm:max-w-80" : "size-32"}
              />
            </Lightbox>
          ) : (
            <div className="rounded-card border border-border bg-surface">
              <FileCard
                name={file.filename}
                kind={kindOf(file.mediaType)}
                sizeBytes={detailsOf(file).sizeBytes}
                file={file}
                failure={null}
              />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
