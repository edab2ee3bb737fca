"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Kbd } from "./kbd.tsx";
import { placeBeside } from "./place-beside.ts";
import { type ShownTooltip, watchTooltips } from "./watch-tooltips.ts";

/** The one tooltip of the page, shown for whatever carries `tooltip(…)`. One for all: a button costs nothing more for having one. */
export function TooltipLayer() {
  const [shown, setShown] = useState<ShownTooltip | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      watchTooltips(setShown, (target) => target instanceof Node && (box.current?.contains(target) ?? false)),
    [],
  );
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !shown) return;
    element.showPopover();
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const { left, top } = placeBeside(
      shown.anchor.getBoundingClientRect(),
      element.getBoundingClientRect(),
      shown.side,
      view,
    );
    element.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
    return () => element.hidePopover();
  }, [shown]);
  return (
    <div
      ref={box}
      popover="manual"
      aria-hidden="true"
      className="inset-auto top-0 left-0 m-0 border-0 bg-transparent p-0"
    >
      {shown && (
        <div className="flex max-w-64 animate-fade-in items-center gap-2 rounded-control bg-foreground px-2 py-1 text-12 text-background shadow-float">
          <span>
            {shown.label}
            {shown.about !== null && <span className="block opacity-75">{shown.about}</span>}
          </span>
          {shown.keys.length > 0 && <Kbd keys={shown.keys} inverse />}
        </div>
      )}
    </div>
  );
}
