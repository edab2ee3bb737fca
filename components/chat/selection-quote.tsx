"use client";

import { Quote } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useState } from "react";
import { selectedText } from "./quote.ts";

export interface SelectionQuoteProps {
  /** The thread; only what is selected within one answer of it can be quoted. */
  within: RefObject<HTMLElement | null>;
  onQuote: (text: string) => void;
}

interface Place {
  left: number;
  top: number;
}

/** A button beside what the person has selected in an answer, which takes it into the composer as a quotation. */
export function SelectionQuote({ within, onQuote }: SelectionQuoteProps) {
  const t = useTranslations("chat.thread");
  const [place, setPlace] = useState<Place | null>(null);

  useEffect(() => {
    const watch = new AbortController();
    const { signal } = watch;
    let pressed = false;
    const look = () => setPlace(pressed ? null : placeOf(selectionIn(within.current)));
    document.addEventListener("selectionchange", look, { signal });
    document.addEventListener(
      "pointerdown",
      () => {
        pressed = true;
      },
      { signal },
    );
    for (const end of ["pointerup", "pointercancel"] as const) {
      document.addEventListener(
        end,
        () => {
          pressed = false;
          // A click into a selection undoes it only after the button has come up.
          requestAnimationFrame(look);
        },
        { signal },
      );
    }
    document.addEventListener("scroll", look, { signal, capture: true, passive: true });
    return () => watch.abort();
  }, [within]);

  if (!place) return null;
  return (
    <button
      type="button"
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => {
        const range = selectionIn(within.current);
        if (range) onQuote(selectedText(range));
        document.getSelection()?.removeAllRanges();
      }}
      style={place}
      className="target fixed z-30 flex -translate-x-1/2 animate-fade-in items-center gap-1.5 rounded-control bg-foreground px-3 text-13 text-background shadow-float"
    >
      <Quote aria-hidden="true" className="size-3.5" />
      {t("quote")}
    </button>
  );
}

function selectionIn(thread: HTMLElement | null): Range | null {
  const selection = document.getSelection();
  if (!thread || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const { commonAncestorContainer: shared } = range;
  const element = shared instanceof Element ? shared : shared.parentElement;
  const answer = element?.closest("article[data-role=assistant]");
  return answer && thread.contains(answer) && selection.toString().trim() !== "" ? range : null;
}

const gapPx = 8;
const heightPx = 44;

/** Below the selection, so that a phone's own menu above it stays free; within the window. */
function placeOf(range: Range | null): Place | null {
  if (!range) return null;
  const box = range.getBoundingClientRect();
  if (box.bottom < 0 || box.top > window.innerHeight) return null;
  return {
    left: Math.min(Math.max(box.left + box.width / 2, 56), window.innerWidth - 56),
    top: Math.min(box.bottom + gapPx, window.innerHeight - heightPx - gapPx),
  };
}
