"use client";

import { useEffect, useEffectEvent } from "react";
import { railSwipe, type TouchPoint } from "./swipe.ts";

const phone = "(max-width: 47.99rem)";

/** Opens the rail of a phone by a swipe from the left edge, and closes it by one to the left. */
export function useRailSwipe(open: boolean, onChange: (open: boolean) => void): void {
  const swiped = useEffectEvent((from: TouchPoint, to: TouchPoint) => {
    const asked = railSwipe(from, to, open);
    // Another dialog over the page keeps its touches.
    if (asked === "open" && document.querySelector("[role=dialog], [role=alertdialog]")) return;
    if (asked) onChange(asked === "open");
  });
  useEffect(() => {
    let from: TouchPoint | null = null;
    const pointOf = (touch: Touch | undefined) => touch && { x: touch.clientX, y: touch.clientY };
    function onStart(event: TouchEvent) {
      const single = event.touches.length === 1 && window.matchMedia(phone).matches;
      from = (single && pointOf(event.touches[0])) || null;
    }
    function onEnd(event: TouchEvent) {
      const to = pointOf(event.changedTouches[0]);
      if (from && to) swiped(from, to);
      from = null;
    }
    function onCancel() {
      from = null;
    }
    const passive = { passive: true };
    window.addEventListener("touchstart", onStart, passive);
    window.addEventListener("touchend", onEnd, passive);
    window.addEventListener("touchcancel", onCancel, passive);
    return () => {
      window.removeEventListener("touchstart", onStart);
      window.removeEventListener("touchend", onEnd);
      window.removeEventListener("touchcancel", onCancel);
    };
  }, []);
}
