import { type KeyboardEvent, useRef } from "react";

export interface NameFieldProps {
  label: string;
  name: string;
  maxLength: number;
  /** The new name, empty or null when there is none; `byKey`: the focus is to be put where it came from. */
  onDone: (name: string | null, byKey: boolean) => void;
}

/** A name being changed in its place: Enter or leaving takes it, Escape does not. */
export function NameField({ label, name, maxLength, onDone }: NameFieldProps) {
  const done = useRef(false);
  function finish(value: string | null, byKey: boolean) {
    if (done.current) return;
    done.current = true;
    onDone(value?.trim() ?? null, byKey);
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter") finish(event.currentTarget.value, true);
    if (event.key === "Escape") finish(null, true);
  }
  return (
    <input
      ref={(field) => {
        if (field && document.activeElement !== field) requestAnimationFrame(() => field.select());
      }}
      defaultValue={name}
      maxLength={maxLength}
      aria-label={label}
      dir="auto"
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value, false)}
      className="target w-full rounded-control border border-control bg-overlay px-2 text-14 touch:text-16"
    />
  );
}
