import { classNames } from "./class-names.ts";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "regular" | "small";

const variants = {
  primary: "bg-accent text-accent-foreground hover:bg-accent-strong",
  secondary: "border border-control/50 bg-overlay text-foreground hover:border-control hover:bg-raised",
  quiet: "text-muted hover:bg-raised hover:text-foreground",
  danger: "bg-danger text-danger-foreground hover:bg-danger-strong",
} satisfies Record<ButtonVariant, string>;

const sizes = {
  regular: "target px-3.5 text-14",
  small: "target px-2.5 text-13",
} satisfies Record<ButtonSize, string>;

const base =
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-control font-medium " +
  "transition-colors disabled:opacity-50 aria-disabled:opacity-75 [&_svg]:size-4 [&_svg]:shrink-0";

/** The classes of a button, for elements that only look like one. */
export function buttonStyle(
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "regular",
  className?: string,
): string {
  return classNames(base, variants[variant], sizes[size], className);
}
