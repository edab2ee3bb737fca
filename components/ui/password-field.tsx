"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { classNames } from "./class-names.ts";
import { FieldFrame } from "./field-frame.tsx";
import { inputStyle, type TextFieldProps } from "./text-field.tsx";

export interface PasswordFieldProps extends Omit<TextFieldProps, "type" | "autoComplete"> {
  /** Tells password managers whether to fill in or to propose. */
  autoComplete: "current-password" | "new-password";
}

export function PasswordField({
  label,
  labelHidden,
  hint,
  error,
  id,
  className,
  ...rest
}: PasswordFieldProps) {
  const t = useTranslations("common.password");
  const ownId = useId();
  const inputId = id ?? ownId;
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <FieldFrame inputId={inputId} label={label} labelHidden={labelHidden} hint={hint} error={error}>
      {(wiring) => (
        <div className="relative">
          <input
            {...rest}
            {...wiring}
            id={inputId}
            type={shown ? "text" : "password"}
            spellCheck={false}
            autoCapitalize="none"
            className={classNames(inputStyle, "pr-11", className)}
          />
          <button
            type="button"
            aria-label={shown ? t("hide") : t("show")}
            aria-controls={inputId}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 flex w-11 items-center justify-center rounded-control text-muted hover:text-foreground focus-visible:-outline-offset-2"
          >
            <Icon aria-hidden="true" className="size-4.5" />
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
