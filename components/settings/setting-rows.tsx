"use client";

import { Switch } from "radix-ui";
import { type ReactNode, useId } from "react";

interface RowProps {
  controlId: string;
  hintId: string;
  label: string;
  hint: string;
  children: ReactNode;
}

function Row({ controlId, hintId, label, hint, children }: RowProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
      <span className="min-w-0 flex-1 basis-56">
        <label htmlFor={controlId} className="block font-medium text-14">
          {label}
        </label>
        <span id={hintId} className="block text-13 text-muted">
          {hint}
        </span>
      </span>
      {children}
    </div>
  );
}

export interface ChoiceRowProps<Value extends string> {
  label: string;
  hint: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onChoose: (value: Value) => void;
}

/** A setting with one of a few values. */
export function ChoiceRow<Value extends string>(props: ChoiceRowProps<Value>) {
  const { label, hint, value, choices, onChoose } = props;
  const id = useId();
  return (
    <Row controlId={id} hintId={`${id}-hint`} label={label} hint={hint}>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice.value === event.target.value);
          if (chosen) onChoose(chosen.value);
        }}
        className="target min-w-44 rounded-control border border-control bg-overlay px-2 text-14 touch:text-16"
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Row>
  );
}

export interface SwitchRowProps {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A setting that is on or off. */
export function SwitchRow({ label, hint, checked, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <Row controlId={id} hintId={`${id}-hint`} label={label} hint={hint}>
      <span className="target inline-flex items-center">
        <Switch.Root
          id={id}
          aria-describedby={`${id}-hint`}
          checked={checked}
          onCheckedChange={onChange}
          className="relative h-6 w-10 rounded-full bg-control transition-colors data-[state=checked]:bg-accent"
        >
          <Switch.Thumb className="block size-5 translate-x-0.5 rounded-full bg-background transition-transform data-[state=checked]:translate-x-[18px] motion-reduce:transition-none" />
        </Switch.Root>
      </span>
    </Row>
  );
}
