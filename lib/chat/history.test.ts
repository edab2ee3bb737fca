import { describe, expect, test } from "vitest";
import { toModelMessages } from "./history.ts";
import type { MessageParts, StoredMessage } from "./message.ts";

function message(role: StoredMessage["role"], parts: MessageParts): StoredMessage {
  return { id: "m", parentId: null, role, parts, metadata: {}, createdAt: new Date(0) };
}
const said = (text: string): MessageParts => [{ type: "text", text }];
const thought = (text: string): MessageParts => [
  {
    type: "reasoning",
    text,
    providerMetadata: { openai: { itemId: "r", reasoningEncryptedContent: "sealed" } },
  },
];

describe("what the model is shown", () => {
  test("thinking is replayed with what seals it", async () => {
    const messages = await toModelMessages([
      message("user", said("Hi")),
      message("assistant", [...thought("Hm"), ...said("Hello")]),
      message("user", said("Again")),
    ]);
    expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(messages[1]?.content).toEqual([
      expect.objectContaining({
        type: "reasoning",
        text: "Hm",
        providerOptions: { openai: { itemId: "r", reasoningEncryptedContent: "sealed" } },
      }),
      expect.objectContaining({ type: "text", text: "Hello" }),
    ]);
  });

  test("answers that failed before their first word, or were cut while thinking, are left out", async () => {
    const path = [[], said(" "), thought("Hm")].flatMap((parts) => [
      message("user", said("Hi")),
      message("assistant", parts),
    ]);
    const messages = await toModelMessages([...path, message("user", said("Last"))]);
    expect(messages.map(({ role }) => role)).toEqual(["user", "user", "user", "user"]);
  });

  test("a call of a tool that gave no result is left out, the answer around it is not", async () => {
    const call = { type: "tool-clock", toolCallId: "c", state: "input-available", input: {} } as const;
    const messages = await toModelMessages([
      message("user", said("Hi")),
      message("assistant", [...said("Let me see"), call]),
      message("user", said("Well?")),
    ]);
    expect(JSON.stringify(messages)).not.toContain("tool-call");
    expect(JSON.stringify(messages)).toContain("Let me see");
  });

  test("continuing an answer ends in an instruction to go on with it", async () => {
    const path = [message("user", said("Count")), message("assistant", said("One, two,"))];
    const messages = await toModelMessages(path, { continuing: true });
    expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(messages[2]?.content).toContain("exactly where it stopped");
  });

  test("continuing from thinking alone hands the thoughts back", async () => {
    const path = [message("user", said("Count")), message("assistant", thought("I was at seven"))];
    const messages = await toModelMessages(path, { continuing: true });
    expect(messages.map(({ role }) => role)).toEqual(["user", "user"]);
    expect(messages[1]?.content).toContain("I was at seven");
  });
});
