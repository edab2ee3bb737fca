import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultChatOptions } from "./default-options.ts";
import { chatOptionsSchema, mostOutputTokens, readStoredOptions } from "./options.ts";

test("a chat that chose nothing has the defaults, and so has one whose column is unreadable", () => {
  expect(readStoredOptions({})).toEqual(defaultChatOptions);
  expect(readStoredOptions(null)).toEqual(defaultChatOptions);
  expect(readStoredOptions("options")).toEqual(defaultChatOptions);
});

test("a stored choice that is not offered any more is forgotten alone", () => {
  const stored = {
    thinking: false,
    effort: "ultra",
    maxOutputTokens: mostOutputTokens + 1,
    systemPrompt: "Hi",
  };
  expect(readStoredOptions(stored)).toEqual({ ...defaultChatOptions, thinking: false, systemPrompt: "Hi" });
});

test("whatever is accepted is read back as it was", () => {
  const options = fc.record({
    thinking: fc.boolean(),
    effort: fc.constantFrom(null, "low", "medium", "high"),
    systemPrompt: fc.string(),
    maxOutputTokens: fc.option(fc.integer({ min: 1, max: mostOutputTokens })),
    answer: fc.constantFrom("text", "json"),
    jsonSchema: fc.option(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true }),
    ),
  });
  fc.assert(
    fc.property(options, (given) => {
      const accepted = chatOptionsSchema.parse(given);
      expect(readStoredOptions(JSON.parse(JSON.stringify(accepted)))).toEqual(
        JSON.parse(JSON.stringify(accepted)),
      );
    }),
  );
});

test("options that the model pins, and lengths it cannot write, are refused", () => {
  expect(chatOptionsSchema.safeParse({ ...defaultChatOptions, temperature: 0.2 }).success).toBe(false);
  for (const maxOutputTokens of [0, 1.5, mostOutputTokens + 1]) {
    expect(chatOptionsSchema.safeParse({ ...defaultChatOptions, maxOutputTokens }).success).toBe(false);
  }
});
