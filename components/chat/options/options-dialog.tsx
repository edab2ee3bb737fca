"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { FieldFrame } from "#components/ui/field-frame.tsx";
import { inputStyle, TextField } from "#components/ui/text-field.tsx";
import { type ChatOptions, efforts } from "#lib/chat/default-options.ts";
import { longestSystemPrompt, mostOutputTokens } from "#lib/chat/options.ts";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import { type OptionFaults, type OptionForm, readOptionForm, toOptionForm } from "./option-form.ts";

export interface OptionsDialogProps {
  options: ChatOptions;
  onClose: () => void;
  onChange: (options: ChatOptions) => void;
  /** Gives whether it was saved. */
  onDefault: (options: ChatOptions) => Promise<boolean>;
}

/** What the replies of a chat are generated with, as far as its model lets one choose. */
export function OptionsDialog({ options, onClose, onChange, onDefault }: OptionsDialogProps) {
  const t = useTranslations("composer.options");
  const [form, setForm] = useState(() => toOptionForm(options));
  const [faults, setFaults] = useState<OptionFaults>({});
  const [forNew, setForNew] = useState(false);
  const [pending, setPending] = useState(false);
  const set = (change: Partial<OptionForm>) => setForm({ ...form, ...change });

  async function save() {
    const read = readOptionForm(form);
    if (!read.ok) return setFaults(read.faults);
    setPending(true);
    const kept = !forNew || (await onDefault(read.options));
    setPending(false);
    if (!kept) return;
    onChange(read.options);
    onClose();
  }

  return (
    <Dialog open onOpenChange={onClose} title={t("title")} description={t("about")}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void save();
        }}
      >
        <OptionFields form={form} faults={faults} onSet={set} />
        <label className="flex items-center gap-2.5 text-14">
          <input
            type="checkbox"
            checked={forNew}
            onChange={(event) => setForNew(event.target.checked)}
            className="size-4 accent-accent"
          />
          {t("forNew")}
        </label>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" pending={pending}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface OptionFieldsProps {
  form: OptionForm;
  faults: OptionFaults;
  onSet: (change: Partial<OptionForm>) => void;
}

function OptionFields({ form, faults, onSet }: OptionFieldsProps) {
  const t = useTranslations("composer.options");
  const locale = useLocale();
  const can = getModel(defaultModelId)?.capabilities;
  const most = mostOutputTokens.toLocaleString(locale);
  return (
    <>
      {can?.reasoning && (
        <Choice
          legend={t("effort.name")}
          hint={t("effort.hint")}
          value={form.effort}
          choices={(["auto", ...efforts] as const).map((value) => ({ value, label: t(`effort.${value}`) }))}
          disabled={!form.thinking}
          onChoose={(effort) => onSet({ effort })}
        />
      )}
      <LongField
        label={t("system.name")}
        placeholder={t("system.placeholder")}
        value={form.systemPrompt}
        maxLength={longestSystemPrompt}
        onSet={(systemPrompt) => onSet({ systemPrompt })}
      />
      <TextField
        label={t("length.name")}
        hint={t("length.hint", { most })}
        error={faults.maxOutputTokens && t("length.fault", { most })}
        inputMode="numeric"
        autoComplete="off"
        placeholder={most}
        value={form.maxOutputTokens}
        onChange={(event) => onSet({ maxOutputTokens: event.target.value })}
      />
      {can?.jsonMode && (
        <Choice
          legend={t("answer.name")}
          value={form.answer}
          choices={(["text", "json"] as const).map((value) => ({ value, label: t(`answer.${value}`) }))}
          onChoose={(answer) => onSet({ answer })}
        />
      )}
      {can?.jsonMode && form.answer === "json" && (
        <LongField
          label={t("schema.name")}
          placeholder={'{ "type": "object", "properties": { … } }'}
          hint={t("schema.hint")}
          error={faults.jsonSchema && t(`schema.${faults.jsonSchema}`)}
          value={form.jsonSchema}
          mono
          onSet={(jsonSchema) => onSet({ jsonSchema })}
        />
      )}
    </>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  hint?: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  disabled?: boolean;
  onChoose: (value: T) => void;
}

function Choice<T extends string>({ legend, hint, value, choices, disabled, onChoose }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset disabled={disabled} className="min-w-0 disabled:opacity-50">
      <legend className="mb-1.5 font-medium text-13">{legend}</legend>
      <div className="flex w-fit max-w-full flex-wrap gap-0.5 rounded-control bg-raised p-0.5">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={classNames(
              "target flex cursor-pointer items-center rounded-control px-3 text-14 has-focus-visible:outline-2 has-focus-visible:outline-ring",
              choice.value === value ? "bg-overlay font-medium shadow-float" : "text-muted",
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChoose(choice.value)}
              className="sr-only"
            />
            {choice.label}
          </label>
        ))}
      </div>
      {hint && <p className="mt-1.5 text-13 text-muted">{hint}</p>}
    </fieldset>
  );
}

interface LongFieldProps {
  label: string;
  placeholder: string;
  hint?: string;
  error?: ReactNode;
  value: string;
  maxLength?: number;
  mono?: boolean;
  onSet: (value: string) => void;
}

function LongField({ label, placeholder, hint, error, value, maxLength, mono, onSet }: LongFieldProps) {
  const inputId = useId();
  return (
    <FieldFrame inputId={inputId} label={label} hint={hint} error={error}>
      {(wiring) => (
        <textarea
          {...wiring}
          id={inputId}
          rows={4}
          dir="auto"
          spellCheck={!mono}
          maxLength={maxLength}
          placeholder={placeholder}
          value={value}
          onChange={(event) => onSet(event.target.value)}
          className={classNames(inputStyle, "max-h-60 resize-y py-2", mono && "font-mono")}
        />
      )}
    </FieldFrame>
  );
}
