import { expect, test } from "vitest";
import { parseChatRequest } from "#lib/wire/chat-completions.ts";
import { readContinuation } from "./continuation.ts";

function conversation(...turns: [role: "user" | "assistant", content: string][]) {
  const messages = turns.map(([role, content]) => ({ role, content }));
  return parseChatRequest({ model: "moonshot/kimi-k2.6", messages });
}

test.each([
  "continue",
  "Please go on.",
  "继续",
  "Your previous answer was cut off. Continue it from exactly where it stopped: repeat nothing.",
  "Continue where you left off",
])("%j goes on with the answer before it", (request) => {
  const continuation = readContinuation(
    conversation(["user", "count"], ["assistant", "1, 2,"], ["user", request]),
  );
  expect(continuation?.given).toBe("1, 2,");
  expect(continuation?.request.messages.map(({ content }) => content)).toEqual(["count"]);
});

test("an answer that broke off before its first word is begun, for the person's own words", () => {
  const request = conversation(
    ["user", "count"],
    ["user", "Your previous answer was cut off before its first word. Answer now."],
  );
  expect(readContinuation(request)).toMatchObject({
    given: "",
    request: { messages: [{ content: "count" }] },
  });
});

test.each(["How do I continue a loop?", "Continue the story of the fox and the stork", "count"])(
  "%j is a request of its own",
  (text) => {
    expect(readContinuation(conversation(["user", "a"], ["assistant", "b"], ["user", text]))).toBeNull();
  },
);
