"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { readDraft, writeDraft } from "./drafts.ts";
import { useGrowingField } from "./grow-field.ts";

export interface DraftField {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  /** `keep`: whether the stored draft follows. */
  change(next: string, keep?: boolean): void;
  /** Puts text in front of what is there, and the caret behind it. */
  put(added: string): void;
  /** Puts words where the caret stands, apart from the word before them. */
  insert(words: string): void;
}

/** The text being written, kept in the browser under `draftKey`, in a field that grows with it. */
export function useDraftField(draftKey: string): DraftField {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => setText((typed) => typed || readDraft(draftKey)), [draftKey]);
  useGrowingField(field, text);

  function change(next: string, keep = true) {
    setText(next);
    if (keep) writeDraft(draftKey, next);
  }
  function put(added: string) {
    change(text.trim() === "" ? added : `${added}\n\n${text}`);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(added.length, added.length);
    });
  }
  function insert(words: string) {
    const target = field.current;
    if (!target) return;
    const { value, selectionStart, selectionEnd } = target;
    const before = value.slice(0, selectionStart);
    // Chinese and the like have no spaces between words.
    const apart = /[^\s\u2e80-\u9fff\uff00-\uffef]$/u.test(before) && !/^[\s\u2e80-\u9fff]/u.test(words);
    const added = before + (apart ? " " : "") + words;
    change(added + value.slice(selectionEnd));
    requestAnimationFrame(() => target.setSelectionRange(added.length, added.length));
  }
  return { field, text, change, put, insert };
}
