export type TooltipSide = "top" | "right" | "bottom" | "left";

export interface TooltipWords {
  label: string;
  /** More about it, below the label. */
  about?: string | undefined;
  /** Keys that do the same, such as `["Ctrl", "K"]`. */
  keys?: readonly string[] | undefined;
  side?: TooltipSide | undefined;
}

/**
 * What a button or link carries to have a tooltip, which `TooltipLayer` shows. The tooltip is for the eyes: the element has a name of
 * its own.
 */
export function tooltip({ label, about, keys, side }: TooltipWords) {
  return {
    "data-tooltip": label,
    "data-tooltip-about": about,
    "data-tooltip-side": side,
    "data-tooltip-keys": keys?.join(" "),
    "aria-keyshortcuts": keys?.join("+").replace("Ctrl", "Control"),
  };
}
