import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type Tone = "neutral" | "accent" | "positive" | "warning" | "danger";

const soft = {
  neutral: "bg-raised text-muted",
  accent: "bg-accent-soft text-accent",
  positive: "bg-positive-soft text-positive",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
} satisfies Record<Tone, string>;

const dots = {
  neutral: "bg-faint",
  accent: "bg-accent",
  positive: "bg-positive",
  warning: "bg-warning",
  danger: "bg-danger",
} satisfies Record<Tone, string>;

interface ToneProps {
  tone?: Tone | undefined;
  children: ReactNode;
}

/** A short word about a thing: its plan, its origin. */
export function Badge({ tone = "neutral", children }: ToneProps) {
  return (
    <span
      className={classNames(
        "inline-flex items-center whitespace-nowrap rounded-full px-2 py-0.5 font-medium text-12",
        soft[tone],
      )}
    >
      {children}
    </span>
  );
}

/** How a thing stands, always in words; the dot only helps the eye. */
export function Status({ tone = "neutral", children }: ToneProps) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden="true" className={classNames("size-2 rounded-full", dots[tone])} />
      {children}
    </span>
  );
}
