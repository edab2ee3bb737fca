"use client";

import { Maximize, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { type PreviewKind, previewDocument } from "./preview-document.ts";

/** Runs a block of code in a frame of no origin and without network (app/preview, docs/decisions/032-previews.md). */
export function CodePreview({ kind, code }: { kind: PreviewKind; code: string }) {
  const t = useTranslations("chat.thread.code.preview");
  const [run, setRun] = useState(0);
  const frame = useRef<HTMLIFrameElement>(null);
  // With the frame, not after it: it asks once.
  useLayoutEffect(() => {
    // The frame asks for its page; only it is answered.
    const onMessage = ({ source, data }: MessageEvent) => {
      const asking = frame.current?.contentWindow;
      if (!asking || source !== asking || data !== "preview-ready") return;
      // It has no origin that could be named.
      asking.postMessage(previewDocument(kind, code), "*");
    };
    window.addEventListener("message", onMessage);
    return () => window.removeEventListener("message", onMessage);
  }, [kind, code]);
  return (
    <div>
      <iframe
        key={run}
        ref={frame}
        src="/preview"
        title={t("title")}
        sandbox="allow-scripts"
        allow="fullscreen 'none'"
        referrerPolicy="no-referrer"
        className="block h-96 max-h-[70dvh] min-h-40 w-full resize-y overflow-auto bg-[white] [color-scheme:light]"
      />
      <div className="flex items-center gap-1 border-border border-t pr-1 pl-3.5">
        <p className="min-w-0 flex-1 py-1.5 text-12 text-muted">{t("alone")}</p>
        <IconButton
          label={t("again")}
          icon={<RotateCw aria-hidden="true" />}
          onClick={() => setRun(run + 1)}
        />
        {document.fullscreenEnabled && (
          <IconButton
            label={t("large")}
            icon={<Maximize aria-hidden="true" />}
            onClick={() => void frame.current?.requestFullscreen()}
          />
        )}
      </div>
    </div>
  );
}
