import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";
import { FieldFrame } from "./field-frame.tsx";

export const inputStyle =
  "target w-full min-w-0 rounded-control border border-control bg-overlay px-3 text-16 text-foreground sm:text-14 " +
  "transition-colors hover:border-muted disabled:opacity-60 aria-invalid:border-danger focus-visible:outline-offset-0";

export interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  /** What the person must know before typing. */
  hint?: ReactNode;
  /** What is wrong and how to mend it; its presence marks the field invalid. */
  error?: ReactNode;
  /** Hides the label from sight only. */
  labelHidden?: boolean | undefined;
}

export function TextField({
  label,
  hint,
  error,
  labelHidden,
  id,
  className,
  type = "text",
  ...rest
}: TextFieldProps) {
  const ownId = useId();
  const inputId = id ?? ownId;
  return (
    <FieldFrame inputId={inputId} label={label} labelHidden={labelHidden} hint={hint} error={error}>
      {(wiring) => (
        <input {...rest} {...wiring} id={inputId} type={type} className={classNames(inputStyle, className)} />
      )}
    </FieldFrame>
  );
}
