"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { FilePart } from "#lib/chat/attachments/file-part.ts";

export interface FilePreviewProps {
  file: FilePart;
  about: string;
  onClose: () => void;
}

type Loaded = { state: "loading" } | { state: "failed" } | { state: "ready"; text: string };

/** What the model is given of a file, and the file itself to be saved. */
export function FilePreview({ file, about, onClose }: FilePreviewProps) {
  const t = useTranslations("attachments");
  const [attempt, setAttempt] = useState(0);
  const loaded = useText(file.url, attempt);
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={<span className="block break-words">{file.filename}</span>}
      description={about}
      footer={
        <a
          href={file.url}
          download={file.filename}
          className="target inline-flex items-center rounded-control px-3 text-14 underline underline-offset-2"
        >
          {t("download")}
        </a>
      }
    >
      {loaded.state === "loading" && <Skeleton className="h-40 w-full" />}
      {loaded.state === "failed" && (
        <div className="flex items-center justify-between gap-3 text-14">
          <p className="text-danger">{t("previewFailed")}</p>
          <Button size="small" onClick={() => setAttempt(attempt + 1)}>
            {t("again")}
          </Button>
        </div>
      )}
      {loaded.state === "ready" && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the keyboard.
          tabIndex={0}
          aria-label={t("content")}
          dir="auto"
          className="max-h-[60dvh] overflow-auto whitespace-pre-wrap break-words rounded-control border border-border bg-surface p-3 font-mono text-13"
        >
          {loaded.text.trim() === "" ? t("noTextLong") : loaded.text}
        </section>
      )}
    </Dialog>
  );
}

function useText(url: string, attempt: number): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads it again.
  useEffect(() => {
    const left = new AbortController();
    setLoaded({ state: "loading" });
    fetch(`${url}/text`, { signal: left.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(`Status ${response.status}`);
        setLoaded({ state: "ready", text: await response.text() });
      })
      .catch(() => {
        if (!left.signal.aborted) setLoaded({ state: "failed" });
      });
    return () => left.abort();
  }, [url, attempt]);
  return loaded;
}
