"use client";

import dynamic from "next/dynamic";
import { type FocusEvent, type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { fillIn, type Slash, slashAt } from "./slash.ts";

const PromptPicker = dynamic(() => import("./prompt-picker.tsx").then((module) => module.PromptPicker), {
  ssr: false,
});

/** Takes a key that is meant for the open list, and says whether it was one. */
export type TakeKey = (event: KeyboardEvent) => boolean;

export interface PromptPickerHook {
  /** The list, where there is something to choose; it stands above the nearest positioned element. */
  list: ReactNode;
  /** What the field says of the list to assistive technology. */
  wiring: { "aria-autocomplete": "list"; "aria-controls"?: string; "aria-activedescendant"?: string };
  /** To be called when text or caret have moved. */
  look(field: HTMLTextAreaElement): void;
  takeKey: TakeKey;
  /** The list goes with the focus, unless that is within the form. */
  blur(event: FocusEvent<HTMLTextAreaElement>): void;
}

/** Offers the person's prompts while a slash that begins a word is being typed; nothing of it is fetched before. */
export function usePromptPicker(
  field: RefObject<HTMLTextAreaElement | null>,
  change: (text: string) => void,
): PromptPickerHook {
  const [slash, setSlash] = useState<Slash | null>(null);
  const [marked, setMarked] = useState<{ listId: string; optionId: string } | null>(null);
  const takeListKey = useRef<TakeKey | null>(null);
  /** The slash that the person has closed the list of. */
  const closed = useRef<number | null>(null);

  function look({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) {
    const found = selectionStart === selectionEnd ? slashAt(value, selectionEnd) : null;
    if (found === null) closed.current = null;
    const next = found && found.start !== closed.current ? found : null;
    setSlash((now) => (now?.start === next?.start && now?.end === next?.end ? now : next));
  }
  function close() {
    closed.current = slash?.start ?? null;
    setSlash(null);
  }
  function choose(prompt: string) {
    const target = field.current;
    if (!target || !slash) return;
    const filled = fillIn(target.value, slash, prompt);
    // At once: a key that is pressed before the next frame would go behind the placeholder.
    flushSync(() => {
      change(filled.text);
      close();
    });
    target.focus();
    target.setSelectionRange(filled.selectFrom, filled.selectTo);
  }
  function blur({ currentTarget, relatedTarget }: FocusEvent<HTMLTextAreaElement>) {
    if (relatedTarget instanceof Node && currentTarget.form?.contains(relatedTarget)) return;
    setSlash(null);
  }
  return {
    list: slash && (
      <PromptPicker
        query={slash.query}
        takeKey={takeListKey}
        onMark={setMarked}
        onChoose={choose}
        onClose={close}
      />
    ),
    wiring: {
      "aria-autocomplete": "list",
      ...(slash && marked && { "aria-controls": marked.listId, "aria-activedescendant": marked.optionId }),
    },
    look,
    blur,
    takeKey: (event) => slash !== null && (takeListKey.current?.(event) ?? false),
  };
}
