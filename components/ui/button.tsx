import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style.ts";
import { Spinner } from "./spinner.tsx";

interface Look {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
}

export interface ButtonProps extends ComponentProps<"button">, Look {
  /** The work has begun: a ring turns, the button keeps its focus and ignores further presses. */
  pending?: boolean | undefined;
}

export function Button({
  variant,
  size,
  pending = false,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  // A handler may be given only where there is one: server components render this button too.
  const handler = pending ? undefined : onClick;
  return (
    <button
      {...rest}
      type={pending && type === "submit" ? "button" : type}
      className={buttonStyle(variant, size, className)}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      {...(handler ? { onClick: handler } : {})}
    >
      {pending && <Spinner />}
      {children}
    </button>
  );
}

export interface ButtonLinkProps extends ComponentProps<typeof Link>, Look {}

/** A link that looks like a button: it goes somewhere, it does nothing else. */
export function ButtonLink({ variant, size, className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={buttonStyle(variant, size, className)} />;
}
