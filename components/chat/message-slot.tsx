"use client";

import { createContext, memo, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { type ChatMessage, textOf } from "./chat-message.ts";
import { NearView } from "./near-view.ts";
import { usePrinted } from "./use-printed.ts";

const NearContext = createContext<NearView | null>(null);
const PrintedContext = createContext(false);

/** Watches what of the thread is near the window; `box` is the scrolling element. On paper everything is near. */
export function NearViewProvider({ box, children }: { box: Element | null; children: ReactNode }) {
  const [view] = useState(() => new NearView());
  const printed = usePrinted();
  useEffect(() => {
    view.setBox(box);
    return () => view.setBox(null);
  }, [view, box]);
  return (
    <NearContext value={view}>
      <PrintedContext value={printed}>{children}</PrintedContext>
    </NearContext>
  );
}

export interface MessageSlotProps {
  message: ChatMessage;
  /** Among the last of the thread: drawn from the start. */
  atEnd: boolean;
  /** The very last: never skipped by the browser, so that its height is always true. */
  pinned: boolean;
  children: ReactNode;
}

/**
 * A message's place in the thread. Near the window it holds the message as it is drawn; far from it only its text, which the browser's own
 * search finds, in the height that it last had.
 */
export const MessageSlot = memo(function MessageSlot({ message, atEnd, pinned, children }: MessageSlotProps) {
  const view = useContext(NearContext);
  const place = useRef<HTMLElement>(null);
  const [near, setNear] = useState(atEnd);
  useEffect(() => {
    const element = place.current;
    if (!element || !view) return;
    return view.observe(element, () => setNear(view.isNear(element) ?? true));
  }, [view]);
  const drawn = useContext(PrintedContext) || near || pinned;
  const style = useMemo(
    () => (pinned ? {} : { containIntrinsicBlockSize: `auto ${aboutHeightPx(message)}px` }),
    [message, pinned],
  );
  return (
    <article
      ref={place}
      id={message.id}
      data-role={message.role}
      data-status={message.metadata.status}
      data-drawn={drawn}
      style={style}
      className={classNames(
        "group/message -mx-3 px-3 py-1",
        !pinned && "[content-visibility:auto] print:[content-visibility:visible]",
      )}
    >
      {drawn ? children : <div className="whitespace-pre-wrap break-words">{textOf(message)}</div>}
    </article>
  );
});

const charsInLine = { user: 62, assistant: 88 };
const linePx = 26;
const picturePx = 200;

/** A guess that holds until the message has been drawn once. */
function aboutHeightPx(message: ChatMessage): number {
  const text = textOf(message);
  const lines = text.split("\n").length + Math.floor(text.length / charsInLine[message.role]);
  const pictures = message.parts.some((part) => part.type === "file" && part.mediaType.startsWith("image/"));
  return 90 + lines * linePx + (pictures ? picturePx : 0);
}
