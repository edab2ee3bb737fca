import { expect, test } from "vitest";
import { type ChatOptions, defaultChatOptions } from "#lib/chat/default-options.ts";
import { mostOutputTokens } from "#lib/chat/options.ts";
import { readOptionForm, toOptionForm } from "./option-form.ts";

const all: ChatOptions = {
  thinking: false,
  effort: "high",
  systemPrompt: "Be brief.",
  maxOutputTokens: 2_000,
  answer: "json",
  jsonSchema: { type: "object", properties: { n: { type: "number" } } },
};

test("options go through the form unchanged", () => {
  for (const options of [defaultChatOptions, all]) {
    expect(readOptionForm(toOptionForm(options))).toEqual({ ok: true, options });
  }
});

test("a length may be typed as it is shown, and must be one that the model can write", () => {
  const typed = (maxOutputTokens: string) => readOptionForm({ ...toOptionForm(all), maxOutputTokens });
  expect(typed(" 2,000 ")).toMatchObject({ ok: true, options: { maxOutputTokens: 2_000 } });
  for (const text of ["0", "-5", "1.5", "many", String(mostOutputTokens + 1)]) {
    expect(typed(text)).toEqual({ ok: false, faults: { maxOutputTokens: true } });
  }
});

test("a schema must be a JSON object, and none is asked for when answers are text", () => {
  const typed = { ...toOptionForm(all), jsonSchema: "[1" };
  expect(readOptionForm(typed)).toEqual({ ok: false, faults: { jsonSchema: "notJson" } });
  expect(readOptionForm({ ...typed, jsonSchema: "[1]" })).toMatchObject({ ok: false });
  expect(readOptionForm({ ...typed, answer: "text" })).toMatchObject({
    ok: true,
    options: { jsonSchema: null },
  });
});
