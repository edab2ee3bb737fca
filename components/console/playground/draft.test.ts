import fc from "fast-check";
import { expect, test } from "vitest";
import { parseChatRequest } from "#lib/wire/chat-completions.ts";
import { bodyOfDraft, type Draft, draftOfBody, draftRoles, emptyDraft } from "./draft.ts";

const model = "moonshot/kimi-k2.6";
const newKey = () => "key";

const aDraft: fc.Arbitrary<Draft> = fc.record({
  messages: fc.array(
    fc.record({
      key: fc.constant("key"),
      role: fc.constantFrom(...draftRoles),
      content: fc.string().filter((text) => text.trim() !== ""),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  thinking: fc.boolean(),
  maxTokens: fc.oneof(fc.constant(""), fc.integer({ min: 1, max: 32_768 }).map(String)),
  json: fc.boolean(),
  stop: fc
    .array(
      fc.string({ minLength: 1 }).filter((text) => !text.includes("\n")),
      { maxLength: 4 },
    )
    .map((stops) => stops.join("\n")),
  stream: fc.boolean(),
});

test("what a draft asks is a request that the gateway takes, and replayed it is the same draft", () => {
  fc.assert(
    fc.property(aDraft, (draft) => {
      const body = bodyOfDraft(draft, model);
      expect(parseChatRequest(body)).toEqual(body);
      expect(draftOfBody(JSON.parse(JSON.stringify(body)), newKey)).toEqual({ draft, lossy: false });
    }),
  );
});

test("a message without a word is not sent", () => {
  expect(bodyOfDraft(emptyDraft("a"), model).messages).toEqual([]);
});

test.each([
  ["a tool", { tools: [{ type: "function", function: { name: "f" } }] }],
  ["an answer of a tool", { messages: [{ role: "tool", tool_call_id: "1", content: "x" }] }],
  ["a tool call", { messages: [{ role: "assistant", content: null, tool_calls: [{ id: "1" }] }] }],
  [
    "an image",
    { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:," } }] }] },
  ],
  ["a JSON schema", { response_format: { type: "json_schema" } }],
])("%s has no place in a draft, and that is said", (_what, fields) => {
  const replay = draftOfBody({ model, messages: [{ role: "user", content: "Hi" }], ...fields }, newKey);
  expect(replay?.lossy).toBe(true);
});

test("texts in parts are read as one, a developer's message as the system's", () => {
  const parts = [
    { type: "text", text: "One" },
    { type: "text", text: "Two" },
  ];
  const replay = draftOfBody({ model, messages: [{ role: "developer", content: parts }] }, newKey);
  expect(replay).toMatchObject({
    draft: { messages: [{ role: "system", content: "One\nTwo" }] },
    lossy: false,
  });
  expect(draftOfBody({ input: "Hi" }, newKey)).toBeNull();
});
