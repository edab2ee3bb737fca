import { useTranslations } from "next-intl";
import { useId } from "react";
import { inputStyle } from "#components/ui/text-field.tsx";
import { type Draft, mostStops } from "./draft.ts";

export interface DraftOptionsProps {
  draft: Draft;
  onChange: (fields: Partial<Draft>) => void;
  /** The most the model answers. */
  maxOutputTokens: number;
}

/** What a request asks beside its messages. */
export function DraftOptions({ draft, onChange, maxOutputTokens }: DraftOptionsProps) {
  const t = useTranslations("playground.options");
  const id = useId();
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="sr-only">{t("label")}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        {(["thinking", "json", "stream"] as const).map((name) => (
          <label key={name} className="target inline-flex cursor-pointer items-center gap-2 text-14">
            <input
              type="checkbox"
              checked={draft[name]}
              onChange={(event) => onChange({ [name]: event.target.checked })}
              className="size-4 accent-accent"
            />
            {t(name)}
          </label>
        ))}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}-max`} className="text-13 text-muted">
            {t("maxTokens")}
          </label>
          <input
            id={`${id}-max`}
            type="number"
            inputMode="numeric"
            min={1}
            max={maxOutputTokens}
            step={1}
            value={draft.maxTokens}
            placeholder={String(maxOutputTokens)}
            onChange={(event) => onChange({ maxTokens: event.target.value })}
            className={inputStyle}
          />
        </div>
        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}-stop`} className="text-13 text-muted">
            {t("stop", { count: mostStops })}
          </label>
          <textarea
            id={`${id}-stop`}
            rows={1}
            value={draft.stop}
            onChange={(event) => onChange({ stop: event.target.value })}
            className={`${inputStyle} field-sizing-content resize-none py-2 font-mono`}
          />
        </div>
      </div>
    </fieldset>
  );
}
