import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface Wiring {
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export interface FieldFrameProps {
  inputId: string;
  label: string;
  labelHidden?: boolean | undefined;
  hint?: ReactNode;
  error?: ReactNode;
  /** Renders the control with the attributes that tie it to hint and error. */
  children: (wiring: Wiring) => ReactNode;
}

/** Label above, control, then the error (or else the hint) below, tied together for assistive technology. */
export function FieldFrame({ inputId, label, labelHidden = false, hint, error, children }: FieldFrameProps) {
  const hintId = `${inputId}-hint`;
  const errorId = `${inputId}-error`;
  const described = [error && errorId, hint && hintId].filter(Boolean).join(" ");
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label
        htmlFor={inputId}
        className={classNames("font-medium text-13 text-foreground", labelHidden && "sr-only")}
      >
        {label}
      </label>
      {children({ "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      <div aria-live="polite" className="empty:hidden">
        {error && (
          <p id={errorId} className="flex items-start gap-1.5 text-13 text-danger">
            <CircleAlert aria-hidden="true" className="mt-[3px] size-3.5 shrink-0" />
            <span className="min-w-0">{error}</span>
          </p>
        )}
      </div>
      {hint && (
        <p id={hintId} className="text-13 text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
