import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChatChunk, ChatToolCallDelta } from "../chat-completions.ts";
import { createResponsesEncoder } from "./encoder.ts";
import { parseResponsesRequest } from "./request.ts";
import { toChatRequest } from "./to-chat-request.ts";

const model = "moonshot/kimi-k2.6";

const delta = (fields: ChatChunk["choices"][number]["delta"]): ChatChunk => ({
  choices: [{ delta: fields }],
});
const fragment = (index: number, call: ChatToolCallDelta) => delta({ tool_calls: [{ index, ...call }] });

function outputOf(chunks: ChatChunk[], include: string[]) {
  let made = 0;
  const encoder = createResponsesEncoder({
    responseId: "resp_1",
    createdAt: 1779000000,
    model,
    request: parseResponsesRequest({ model, input: "Hi", include }),
    newItemId: (prefix) => `${prefix}_${made++}`,
  });
  const last = [...chunks.flatMap(encoder.push), ...encoder.finish()].at(-1);
  return last && "response" in last ? last.response.output : [];
}

const text = fc.string({ unit: "grapheme", maxLength: 30 });
const turn = fc.record({
  steps: fc.array(fc.record({ reasoning: text, content: text }), { maxLength: 4 }),
  calls: fc.uniqueArray(
    fc.record({ id: fc.string({ minLength: 1 }), name: fc.string({ minLength: 1 }), arguments: fc.json() }),
    {
      selector: (call) => call.id,
      maxLength: 3,
    },
  ),
});

test("a turn given out and fed back keeps text, reasoning and calls exactly, sealed or not", () => {
  fc.assert(
    fc.property(turn, fc.boolean(), fc.nat(), ({ steps, calls }, sealed, cut) => {
      const chunks = [
        ...steps.map(({ reasoning, content }) => delta({ reasoning_content: reasoning, content })),
        ...calls.flatMap((call, index) => {
          const at = cut % (call.arguments.length + 1);
          return [
            fragment(index, {
              id: call.id,
              function: { name: call.name, arguments: call.arguments.slice(0, at) },
            }),
            fragment(index, { function: { arguments: call.arguments.slice(at) } }),
          ];
        }),
      ];
      const include = sealed ? ["reasoning.encrypted_content"] : [];
      const output = outputOf(chunks, include);
      const input = [{ role: "user", content: "q" }, ...output, { role: "user", content: "r" }];
      const { chat } = toChatRequest(
        parseResponsesRequest({ model, input: JSON.parse(JSON.stringify(input)) }),
      );
      const content = steps.map((step) => step.content).join("");
      const reasoning = steps.map((step) => step.reasoning).join("");
      const tool_calls = calls.map(({ id, ...fn }) => ({ id, type: "function", function: fn }));
      const expected = {
        role: "assistant",
        content: content || null,
        ...(reasoning && { reasoning_content: reasoning }),
        ...(tool_calls.length > 0 && { tool_calls }),
      };
      expect(chat.messages.slice(1, -1)).toEqual(content || tool_calls.length > 0 ? [expected] : []);
    }),
    { numRuns: 500 },
  );
});
