import { expect, test } from "vitest";
import { aboutTokens, contextTokensOf, nextPrice, totalOf } from "./chat-cost.ts";
import type { ChatMessage } from "./chat-message.ts";

function reply(id: string, metadata: ChatMessage["metadata"]): ChatMessage {
  return { id, parentId: null, role: "assistant", parts: [], metadata, createdAt: new Date(0) };
}
const usage = { promptTokens: 100, cachedTokens: 40, completionTokens: 20, reasoningTokens: 5 };

test("a chat's total is the sum over every version, exact beyond 2^53; nothing is known before the first receipt", () => {
  expect(totalOf([reply("a", {})])).toBeNull();
  const large = "9007199254740993";
  expect(
    totalOf([reply("a", { usage, costNanoUsd: large }), reply("b", { usage, costNanoUsd: large })]),
  ).toEqual({
    costNanoUsd: 18014398509481986n,
    promptTokens: 200,
    cachedTokens: 80,
    completionTokens: 40,
    reasoningTokens: 10,
    replies: 2,
  });
});

test("the context is what the newest reply of the branch ended with, not the sum of its requests", () => {
  const older = reply("a", { usage, requestIds: ["req_1"] });
  expect(contextTokensOf([older])).toBe(120);
  expect(contextTokensOf([older, reply("b", { usage, requestIds: ["req_1", "req_2"] })])).toBe(120);
  expect(contextTokensOf([older, reply("b", { usage, contextTokens: 77 }), reply("c", {})])).toBe(77);
  expect(contextTokensOf([])).toBe(0);
});

test("the next message's price lies between the cached and the full price of the chat, the draft always at full", () => {
  expect(nextPrice(1_000, 10)).toEqual({
    cachedNanoUsd: 104_500n,
    uncachedNanoUsd: 959_500n,
    thousandOutNanoUsd: 4_000_000n,
    limitTokens: 262_144,
  });
});

test.each([
  ["", 0],
  ["four", 1],
  ["你好，世界。", 4],
])("%j is about %i tokens", (text, tokens) => {
  expect(aboutTokens(text)).toBe(tokens);
});
