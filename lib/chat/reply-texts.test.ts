import fc from "fast-check";
import { expect, test } from "vitest";
import type { MessageParts } from "./message.ts";
import { replyTexts, withReplyTexts } from "./reply-texts.ts";

type Part = MessageParts[number];

const text = (said: string): Part => ({ type: "text", text: said, state: "done" });
const thought: Part = { type: "reasoning", text: "Hm", state: "done", providerMetadata: { a: { b: 1 } } };
const step: Part = { type: "step-start" };
const call: Part = {
  type: "dynamic-tool",
  toolName: "calculator",
  toolCallId: "call_1",
  state: "output-available",
  input: {},
  output: 4,
};

test("neighbouring texts are one, thinking and calls part them", () => {
  const parts = [step, thought, text("One, "), step, text("two"), call, step, thought, text("three")];
  expect(replyTexts(parts)).toEqual(["One, two", "three"]);
  expect(withReplyTexts(parts, ["First", "Second"])).toEqual([
    step,
    thought,
    text("First"),
    step,
    call,
    step,
    thought,
    text("Second"),
  ]);
});

test("an empty text leaves its place, and a reply cannot be emptied", () => {
  expect(withReplyTexts([text("a"), call, text("b")], ["", "c"])).toEqual([call, text("c")]);
  expect(withReplyTexts([text("a"), call, text("b")], [" ", ""])).toBeNull();
  expect(withReplyTexts([call], [])).toBeNull();
});

test("what the model's text carried does not stay with another text", () => {
  const carrying: Part = { type: "text", text: "a", providerMetadata: { openai: { itemId: "msg_1" } } };
  expect(withReplyTexts([carrying], ["b"])).toEqual([text("b")]);
});

test("whatever a reply is, all but its texts stays in its order, and its texts become those given", () => {
  const parts = fc.array(fc.oneof(fc.string().map(text), fc.constantFrom(thought, step, call)), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(parts, fc.string({ minLength: 1 }), (given, word) => {
      const texts = replyTexts(given).map((_, at) => `${word}${at}`);
      const changed = withReplyTexts(given, texts);
      if (texts.length === 0) {
        expect(changed).toBeNull();
        return;
      }
      const others = (all: MessageParts) => all.filter((part) => part.type !== "text");
      expect(others(changed ?? [])).toEqual(others(given));
      expect(replyTexts(changed ?? [])).toEqual(texts);
    }),
  );
});
