import type { ChatOptions, Effort } from "#lib/chat/default-options.ts";
import { longestJsonSchema, mostOutputTokens } from "#lib/chat/options.ts";

/** The options as a person types them. */
export interface OptionForm {
  thinking: boolean;
  effort: "auto" | Effort;
  systemPrompt: string;
  maxOutputTokens: string;
  answer: ChatOptions["answer"];
  jsonSchema: string;
}

export interface OptionFaults {
  maxOutputTokens?: true;
  jsonSchema?: "notJson" | "tooLong";
}

export function toOptionForm(options: ChatOptions): OptionForm {
  const { thinking, effort, systemPrompt, maxOutputTokens, answer, jsonSchema } = options;
  return {
    thinking,
    effort: effort ?? "auto",
    systemPrompt,
    maxOutputTokens: maxOutputTokens === null ? "" : String(maxOutputTokens),
    answer,
    jsonSchema: jsonSchema === null ? "" : JSON.stringify(jsonSchema, null, 2),
  };
}

/** The options that were typed, or what is wrong with them. A length may have separators of thousands. */
export function readOptionForm(
  form: OptionForm,
): { ok: true; options: ChatOptions } | { ok: false; faults: OptionFaults } {
  const length = readLength(form.maxOutputTokens);
  const schema = form.answer === "json" ? readSchema(form.jsonSchema) : null;
  const faults: OptionFaults = {
    ...(length === "fault" ? { maxOutputTokens: true as const } : {}),
    ...(schema === "notJson" || schema === "tooLong" ? { jsonSchema: schema } : {}),
  };
  if (length === "fault" || schema === "notJson" || schema === "tooLong") return { ok: false, faults };
  return {
    ok: true,
    options: {
      thinking: form.thinking,
      effort: form.effort === "auto" ? null : form.effort,
      systemPrompt: form.systemPrompt.trim(),
      maxOutputTokens: length,
      answer: form.answer,
      jsonSchema: schema,
    },
  };
}

function readLength(text: string): number | null | "fault" {
  const digits = text.replaceAll(/[\s,]/g, "");
  if (digits === "") return null;
  const length = Number(digits);
  return /^\d+$/.test(digits) && length >= 1 && length <= mostOutputTokens ? length : "fault";
}

function readSchema(text: string): Record<string, unknown> | null | "notJson" | "tooLong" {
  if (text.trim() === "") return null;
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "notJson";
  const schema = Object.fromEntries(Object.entries(value));
  return JSON.stringify(schema).length > longestJsonSchema ? "tooLong" : schema;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is told beside the field.
    return null;
  }
}
