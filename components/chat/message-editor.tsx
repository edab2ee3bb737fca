"use client";

import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { growField } from "./grow-field.ts";
import { isSendKey } from "./send-key.ts";

export interface MessageEditorProps {
  initialText: string;
  onSend: (text: string) => void;
  onCancel: () => void;
}

/** A message of the person in its place, to be sent anew as another version. */
export function MessageEditor({ initialText, onSend, onCancel }: MessageEditorProps) {
  const t = useTranslations("chat.thread.edit");
  const [text, setText] = useState(initialText);
  const field = useRef<HTMLTextAreaElement>(null);
  const ready = text.trim() !== "";

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => growField(field.current), [text]);
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
        if (ready) onSend(text);
      }}
    >
      <textarea
        ref={field}
        value={text}
        dir="auto"
        rows={1}
        aria-label={t("label")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onCancel();
          if (!isSendKey(event)) return;
          event.preventDefault();
          if (ready) onSend(text);
        }}
        className="block max-h-[50dvh] w-full resize-none bg-transparent px-2 py-1.5 text-16 leading-[1.6] outline-none"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
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
