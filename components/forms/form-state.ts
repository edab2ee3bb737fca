import { type RefObject, useEffect, useRef } from "react";

/** What a form shows: what was entered (it survives a failure), and what is wrong with it. */
export interface FormState {
  entered: Readonly<Record<string, string>>;
  fields: Readonly<Record<string, string>>;
  /** What is wrong with no field in particular. */
  message: string | null;
}

export const emptyForm: FormState = { entered: {}, fields: {}, message: null };

/** The text entered in a field; a file is no text. */
export function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === "string" ? value : "";
}

/** The state after a refusal; the general message is left out where a field says it. */
export function refusedForm(
  entered: FormState["entered"],
  refusal: { message: string; fields: FormState["fields"] },
): FormState {
  const named = Object.keys(refusal.fields).length > 0;
  return { entered, fields: refusal.fields, message: named ? null : refusal.message };
}

/** After a refusal, moves the focus to the first field at fault. */
export function useFocusOnFault(state: FormState): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state === emptyForm) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [state]);
  return form;
}
