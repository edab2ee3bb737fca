import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { classNames } from "./class-names.ts";
import { FieldFrame } from "./field-frame.tsx";
import { inputStyle } from "./text-field.tsx";

export interface SelectFieldProps extends ComponentProps<"select"> {
  label: string;
  hint?: ReactNode;
  error?: ReactNode;
  options: readonly { value: string; label: string }[];
}

/** One of a few values. */
export function SelectField({ label, hint, error, options, id, className, ...rest }: SelectFieldProps) {
  const ownId = useId();
  const inputId = id ?? ownId;
  return (
    <FieldFrame inputId={inputId} label={label} hint={hint} error={error}>
      {(wiring) => (
        <select {...rest} {...wiring} id={inputId} className={classNames(inputStyle, className)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}
