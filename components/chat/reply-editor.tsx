"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { replyTexts } from "#lib/chat/reply-texts.ts";
import type { ChatMessage } from "./chat-message.ts";
import { useGrowingField } from "./grow-field.ts";

export interface ReplyEditorProps {
  message: ChatMessage;
  /** Gives whether the server has taken it; until then what was written stays. */
  onSave: (texts: string[]) => Promise<boolean>;
  onCancel: () => void;
}

/** A reply's texts in their place, to be kept as another version: one field for each stretch between thoughts and calls of tools. */
export function ReplyEditor({ message, onSave, onCancel }: ReplyEditorProps) {
  const t = useTranslations("chat.thread.editReply");
  const [texts, setTexts] = useState(() => replyTexts(message.parts));
  const [saving, setSaving] = useState(false);
  const first = useRef<HTMLTextAreaElement>(null);
  const ready = texts.some((text) => text.trim() !== "") && !saving;

  useLayoutEffect(() => {
    first.current?.focus();
    first.current?.setSelectionRange(0, 0);
  }, []);
  async function save() {
    if (!ready) return;
    setSaving(true);
    if (!(await onSave(texts))) setSaving(false);
  }

  return (
    <form
      className="rounded-composer border border-control bg-overlay p-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      {texts.map((text, at) => (
        <TextPart
          // biome-ignore lint/suspicious/noArrayIndexKey: a text is known by its place and never moves.
          key={at}
          field={at === 0 ? first : undefined}
          label={texts.length === 1 ? t("label") : t("part", { number: at + 1, count: texts.length })}
          text={text}
          onChange={(changed) => setTexts(texts.with(at, changed))}
        />
      ))}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="mr-auto px-2 text-12 text-muted">{t("kept")}</p>
        <Button variant="quiet" size="small" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button type="submit" variant="primary" size="small" disabled={!ready}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

interface TextPartProps {
  field: RefObject<HTMLTextAreaElement | null> | undefined;
  label: string;
  text: string;
  onChange: (text: string) => void;
}

function TextPart({ field, label, text, onChange }: TextPartProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  const used = field ?? own;
  useGrowingField(used, text);
  return (
    <textarea
      ref={used}
      value={text}
      dir="auto"
      rows={2}
      aria-label={label}
      onChange={(event) => onChange(event.target.value)}
      className="field-sizing-content mb-1 block max-h-[60dvh] min-h-[calc(2lh+0.75rem)] w-full resize-none rounded-control bg-transparent px-2 py-1.5 text-16 leading-[1.65] outline-none focus-visible:bg-surface"
    />
  );
}
