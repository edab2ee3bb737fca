"use client";

import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { tooltip } from "#components/ui/tooltip.ts";

export interface ComposerSlotProps {
  label: string;
  keys: readonly string[];
  submit?: boolean;
  /** Beside the main button, not in its place. */
  second?: boolean;
  disabled: boolean;
  onClick?: () => void;
  children: ReactNode;
}

/** Send and stop share one place, so that the hand need not move. */
export function ComposerSlot(props: ComposerSlotProps) {
  const { label, keys, submit = false, second = false, disabled, onClick, children } = props;
  return (
    <button
      {...tooltip({ label, keys })}
      key={label}
      type={submit ? "submit" : "button"}
      aria-label={label}
      disabled={disabled}
      {...(onClick ? { onClick } : {})}
      className={classNames(
        "target-square grid shrink-0 place-items-center rounded-control transition-colors disabled:bg-raised disabled:text-faint",
        second
          ? "bg-raised text-foreground hover:bg-control/40"
          : "bg-accent text-accent-foreground hover:bg-accent-strong",
      )}
    >
      {children}
    </button>
  );
}
