import fc from "fast-check";
import { expect, test } from "vitest";
import { countTokens } from "#lib/models/tokenizer.ts";
import { limitTurn } from "./limit-turn.ts";

const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 80 }), fc.lorem({ maxCount: 30 }));
const turns = fc.record({
  reasoning: text,
  content: text,
  toolCalls: fc.array(fc.record({ name: fc.constantFrom("get_weather", "search"), arguments: fc.json() }), {
    maxLength: 3,
  }),
});
const join = (pieces: readonly { text: string }[]) => pieces.map((piece) => piece.text).join("");

test("whatever the limit, the tokens reported are a recount of what is sent and never exceed it", () => {
  fc.assert(
    fc.property(turns, fc.integer({ min: 1, max: 120 }), (turn, maxTokens) => {
      const limited = limitTurn(turn, { maxTokens, stop: [] });
      const calls = limited.toolCalls.map(
        (call) => countTokens(call.name) + countTokens(join(call.arguments)),
      );
      const reasoning = countTokens(join(limited.reasoning));
      const recount = calls.reduce(
        (sum, count) => sum + count,
        reasoning + countTokens(join(limited.content)),
      );
      expect(limited.completionTokens).toBe(recount);
      expect(limited.reasoningTokens).toBe(reasoning);
      expect(recount).toBeLessThanOrEqual(maxTokens);
      expect(turn.reasoning.toWellFormed().startsWith(join(limited.reasoning))).toBe(true);
      const whole =
        join(limited.content) === turn.content && limited.toolCalls.length === turn.toolCalls.length;
      if (limited.finishReason !== "length") expect(whole).toBe(true);
    }),
  );
});

test("no stop sequence is ever in the content, and what stands before the first is kept", () => {
  const stops = fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.string(), stops, (content, stop) => {
      const sent = join(
        limitTurn({ reasoning: "", content, toolCalls: [] }, { maxTokens: 10_000, stop }).content,
      );
      expect(stop.filter((sequence) => sequence !== "" && sent.includes(sequence))).toEqual([]);
      const rest = content.toWellFormed().slice(sent.length);
      expect(content.toWellFormed().startsWith(sent)).toBe(true);
      if (rest !== "")
        expect(stop.some((sequence) => sequence !== "" && rest.startsWith(sequence))).toBe(true);
    }),
  );
});
