"use client";

import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { type TooltipSide, tooltip } from "./tooltip.ts";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** What it does, a verb: read aloud and shown as its tooltip. */
  label: string;
  icon: ReactNode;
  /** More about it, below the label in the tooltip and read after it. */
  about?: string | undefined;
  keys?: readonly string[] | undefined;
  side?: TooltipSide | undefined;
}

export function IconButton({
  label,
  icon,
  about,
  keys,
  side,
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      {...tooltip({ label, about, keys, side })}
      aria-description={about}
      type={type}
      aria-label={label}
      className={classNames(
        "target-square inline-flex shrink-0 items-center justify-center rounded-control text-muted transition-colors",
        "hover:bg-raised hover:text-foreground disabled:opacity-50 data-[state=open]:bg-raised [&_svg]:size-4.5",
        className,
      )}
    >
      {icon}
    </button>
  );
}
