"use client";

import { useTranslations } from "next-intl";
import { type ClipboardEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { toast } from "#components/ui/toast-store.ts";
import type { FilePart } from "#lib/chat/attachments/file-part.ts";
import { attachmentLimits } from "#lib/chat/attachments/limits.ts";
import { readDraftFiles, writeDraftFiles } from "./draft-files.ts";
import { readPaste } from "./read-paste.ts";
import { readyFiles, Tray, type TrayItem } from "./tray.ts";

export interface Attachments {
  items: readonly TrayItem[];
  /** What can be sent now. */
  files: FilePart[];
  /** Why the message cannot be sent now. */
  blocked: "uploading" | "failed" | null;
  add(files: readonly File[]): void;
  /** Takes files and long text from the clipboard; other text goes where it was pasted. */
  paste(event: ClipboardEvent): void;
  remove(key: string): void;
  retry(key: string): void;
  /** Files that the server has already. */
  restore(files: readonly FilePart[]): void;
  /** Empties the list. What it gives forgets the draft too: for when the server has the message. */
  clear(): () => void;
}

const none: readonly TrayItem[] = [];

/** The files of a message that is being written, kept as a draft under `draftKey` when there is one. */
export function useAttachments(draftKey: string | null, initial: readonly FilePart[] = []): Attachments {
  const t = useTranslations("attachments");
  const draft = useRef<Draft>({ key: draftKey, held: false });
  const [tray] = useState(() => makeTray(draft, initial));
  const items = useSyncExternalStore(tray.subscribe, tray.get, () => none);

  useEffect(() => {
    draft.current.key = draftKey;
    if (draftKey !== null && tray.get().length === 0) tray.restore(readDraftFiles(draftKey, Date.now()));
  }, [draftKey, tray]);

  return useMemo(() => {
    const add = (files: readonly File[], pasted: string | null = null) => {
      const leftOut = tray.add(files, pasted);
      if (leftOut === 0) return;
      toast({
        title: t("tooMany", { count: leftOut, most: attachmentLimits.filesPerMessage }),
        tone: "danger",
      });
    };
    return {
      items,
      files: readyFiles(items),
      blocked: blockedBy(items),
      add: (files) => add(files),
      paste(event) {
        const taken = readPaste(event.clipboardData);
        if (!taken) return;
        event.preventDefault();
        if ("files" in taken) add(taken.files);
        else add([new File([taken.text], t("pastedName"), { type: "text/plain" })], taken.text);
      },
      remove: (item) => tray.remove(item),
      retry: (item) => tray.retry(item),
      restore: (files) => tray.restore(files),
      clear: () => clearTray(tray, draft.current),
    };
  }, [items, tray, t]);
}

interface Draft {
  /** Null when nothing is kept. */
  key: string | null;
  /** The stored draft stays as it is, whatever the list holds. */
  held: boolean;
}

function clearTray(tray: Tray, draft: Draft): () => void {
  const { key } = draft;
  draft.held = true;
  tray.clear();
  draft.held = false;
  return () => {
    const replaced = draft.key === key && readyFiles(tray.get()).length > 0;
    if (key !== null && !replaced) writeDraftFiles(key, [], Date.now());
  };
}

function makeTray(draft: { readonly current: Draft }, initial: readonly FilePart[]): Tray {
  const tray = new Tray({
    // Fetched with the first file: the page of a new chat begins without them.
    shrink: async (...given) => (await import("./shrink-picture.ts")).shrinkPicture(...given),
    upload: async (...given) => (await import("./upload-file.ts")).uploadFile(...given),
    addressOf: (file) => URL.createObjectURL(file),
    revoke: (address) => URL.revokeObjectURL(address),
    onFiles(files) {
      const { key, held } = draft.current;
      if (key !== null && !held) writeDraftFiles(key, files, Date.now());
    },
  });
  tray.restore(initial);
  return tray;
}

function blockedBy(items: readonly TrayItem[]): Attachments["blocked"] {
  if (items.some(({ upload }) => upload.step === "failed")) return "failed";
  return items.some(({ upload }) => upload.step !== "ready") ? "uploading" : null;
}
