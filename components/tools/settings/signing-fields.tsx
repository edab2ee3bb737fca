"use client";

import { useTranslations } from "next-intl";
import { TextField } from "#components/ui/text-field.tsx";

export type Signing = "none" | "header" | "oauth";

const choices = {
  mcp: ["none", "header", "oauth"],
  openapi: ["none", "header"],
} as const satisfies Record<string, readonly Signing[]>;

export interface SigningFieldsProps {
  kind: keyof typeof choices;
  value: Signing;
  onChange(value: Signing): void;
}

/** How the calls of a source are signed, and the secrets for it. */
export function SigningFields({ kind, value, onChange }: SigningFieldsProps) {
  const t = useTranslations("tools.settings");
  return (
    <>
      <fieldset className="flex flex-col text-14">
        <legend className="mb-1.5 font-medium text-13">{t("signing")}</legend>
        {choices[kind].map((one) => (
          <label key={one} className="target flex items-center gap-2">
            <input type="radio" name="signing" checked={value === one} onChange={() => onChange(one)} />
            {t(`signings.${one}`)}
          </label>
        ))}
      </fieldset>
      {value === "header" && (
        <>
          <TextField label={t("headerName")} name="headerName" placeholder="Authorization" />
          <TextField
            label={t("headerValue")}
            name="headerValue"
            type="password"
            autoComplete="off"
            hint={t("headerHint")}
            required
          />
        </>
      )}
      {value === "oauth" && (
        <>
          <TextField
            label={t("clientId")}
            name="clientId"
            autoComplete="off"
            hint={t("clientHint", { url: `${window.location.origin}/api/tools/sign-in` })}
            required
          />
          <TextField label={t("clientSecret")} name="clientSecret" type="password" autoComplete="off" />
        </>
      )}
    </>
  );
}
