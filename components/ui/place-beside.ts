import type { TooltipSide } from "./tooltip.ts";

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const gapPx = 6;
const edgePx = 8;
const opposite = { top: "bottom", bottom: "top", left: "right", right: "left" } as const;

/** Where a box of this size stands beside an anchor: on the wished side if it fits there, within the window in any case. */
export function placeBeside(
  anchor: Box,
  size: Pick<Box, "width" | "height">,
  side: TooltipSide,
  view: Pick<Box, "width" | "height">,
): { left: number; top: number } {
  const wished = on(side, anchor, size);
  const across = side === "top" || side === "bottom";
  const cut = across
    ? wished.top < edgePx || wished.top + size.height > view.height - edgePx
    : wished.left < edgePx || wished.left + size.width > view.width - edgePx;
  const { left, top } = cut ? on(opposite[side], anchor, size) : wished;
  return {
    left: Math.max(edgePx, Math.min(left, view.width - size.width - edgePx)),
    top: Math.max(edgePx, Math.min(top, view.height - size.height - edgePx)),
  };
}

function on(side: TooltipSide, anchor: Box, { width, height }: Pick<Box, "width" | "height">) {
  const middle = {
    left: anchor.left + (anchor.width - width) / 2,
    top: anchor.top + (anchor.height - height) / 2,
  };
  switch (side) {
    case "top":
      return { ...middle, top: anchor.top - height - gapPx };
    case "bottom":
      return { ...middle, top: anchor.top + anchor.height + gapPx };
    case "left":
      return { ...middle, left: anchor.left - width - gapPx };
    case "right":
      return { ...middle, left: anchor.left + anchor.width + gapPx };
  }
}
