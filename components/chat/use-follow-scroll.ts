"use client";

import { useCallback, useEffect, useRef, useState } from "react";

export interface FollowScroll {
  box: (element: HTMLElement | null) => void;
  /** What was given to `box`. */
  element: HTMLElement | null;
  content: (element: HTMLElement | null) => void;
  /** Whether new text is kept in sight. */
  following: boolean;
  /** Goes to the end and stays there. */
  follow: () => void;
}

/** Keeps the end of a growing page in sight until the reader scrolls away, and again once the reader is back at the end. */
export function useFollowScroll(): FollowScroll {
  const [box, setBox] = useState<HTMLElement | null>(null);
  const [content, setContent] = useState<HTMLElement | null>(null);
  const [following, setFollowing] = useState(true);
  const control = useRef<(() => void) | null>(null);

  const follow = useCallback(() => control.current?.(), []);

  useEffect(() => {
    if (!box || !content) return;
    const scroll = followEnd(box, content, setFollowing);
    control.current = scroll.follow;
    return () => {
      control.current = null;
      scroll.end();
    };
  }, [box, content]);

  return { box: setBox, element: box, content: setContent, following, follow };
}

const END_PX = 8;

/**
 * One owner of the scroll position. Every write of ours is remembered, so any other movement is the reader's, except the
 * one the browser makes when the content has become shorter; distances are not asked.
 */
export function followEnd(box: HTMLElement, content: HTMLElement, onChange: (following: boolean) => void) {
  let following = true;
  let written = -1;
  let lastTop = box.scrollTop;
  let lastHeight = box.scrollHeight;

  function set(next: boolean): void {
    if (next === following) return;
    following = next;
    // While the end is followed, the browser must not hold on to something further up.
    box.style.overflowAnchor = next ? "none" : "auto";
    onChange(next);
  }
  function write(): void {
    box.scrollTop = box.scrollHeight;
    written = box.scrollTop;
    lastTop = written;
    lastHeight = box.scrollHeight;
  }
  function onScroll(): void {
    const top = box.scrollTop;
    const ours = Math.abs(top - written) <= 1;
    const shortened = box.scrollHeight < lastHeight;
    const atEnd = box.scrollHeight - box.clientHeight - top <= END_PX;
    if (!ours && !shortened && top < lastTop) set(false);
    else if (!ours && atEnd) set(true);
    lastTop = top;
    lastHeight = box.scrollHeight;
  }
  function onWheel(event: WheelEvent): void {
    if (event.deltaY < 0 && box.scrollTop > 0) set(false);
  }
  const watch = new ResizeObserver(() => {
    const fits = box.scrollHeight <= box.clientHeight;
    if (fits) set(true);
    if (following) write();
  });
  box.style.overflowAnchor = "none";
  box.addEventListener("scroll", onScroll, { passive: true });
  box.addEventListener("wheel", onWheel, { passive: true });
  watch.observe(content);
  watch.observe(box);
  write();
  return {
    follow(): void {
      set(true);
      write();
    },
    end(): void {
      watch.disconnect();
      box.removeEventListener("scroll", onScroll);
      box.removeEventListener("wheel", onWheel);
    },
  };
}
