"use client";

import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { FilePart } from "#lib/chat/attachments/file-part.ts";
import { AttachButton } from "./attachments/attach-button.tsx";
import { TrayStrip } from "./attachments/tray-strip.tsx";
import { useAttachments } from "./attachments/use-attachments.ts";
import { useGrowingField } from "./grow-field.ts";
import { isSendKey, useSendKey } from "./send-key.ts";
import type { MessageContent } from "./start.ts";

export interface MessageEditorProps {
  initialText: string;
  initialFiles: readonly FilePart[];
  onSend: (content: MessageContent) => void;
  onCancel: () => void;
}

/** A message of the person in its place, to be sent anew as another version. */
export function MessageEditor({ initialText, initialFiles, onSend, onCancel }: MessageEditorProps) {
  const t = useTranslations("chat.thread.edit");
  const sendKey = useSendKey();
  const [text, setText] = useState(initialText);
  const field = useRef<HTMLTextAreaElement>(null);
  const attachments = useAttachments(null, initialFiles);
  const { files, blocked } = attachments;
  const ready = (text.trim() !== "" || files.length > 0) && blocked === null;
  const send = () => {
    if (ready) onSend({ text, files });
  };

  useGrowingField(field, text);
  useLayoutEffect(() => {
    const end = field.current?.value.length ?? 0;
    field.current?.focus();
    field.current?.setSelectionRange(end, end);
  }, []);

  return (
    <form
      className="rounded-composer border border-control bg-overlay p-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TrayStrip attachments={attachments} onText={(pasted) => setText(`${text}${pasted}`)} />
      <textarea
        ref={field}
        value={text}
        dir="auto"
        rows={1}
        aria-label={t("label")}
        onChange={(event) => setText(event.target.value)}
        onPaste={attachments.paste}
        onKeyDown={(event) => {
          if (event.key === "Escape") onCancel();
          if (!isSendKey(event, sendKey)) return;
          event.preventDefault();
          send();
        }}
        className="field-sizing-content block max-h-[50dvh] w-full resize-none bg-transparent px-2 py-1.5 text-16 leading-[1.6] outline-none"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <AttachButton onFiles={attachments.add} />
        <p className="mr-auto px-2 text-12 text-muted">{t("kept")}</p>
        <Button variant="quiet" size="small" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary" size="small" disabled={!ready}>
          {t("send")}
        </Button>
      </div>
    </form>
  );
}
