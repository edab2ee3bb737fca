import type { ModelMessage } from "ai";
import { describe, expect, test } from "vitest";
import { openReasoning } from "#lib/wire/responses/sealed-reasoning.ts";
import { toModelMessages } from "./history.ts";
import type { MessageParts, StoredMessage } from "./message.ts";

function message(role: StoredMessage["role"], parts: MessageParts): StoredMessage {
  return { id: "m", parentId: null, role, parts, metadata: {}, createdAt: new Date(0) };
}
const said = (text: string): MessageParts => [{ type: "text", text }];
/** The thoughts that the model is given, as the SDK hands them on. */
function sealsIn(messages: readonly ModelMessage[]) {
  return messages.flatMap(({ role, content }) =>
    role === "assistant" && typeof content !== "string"
      ? content.flatMap((part) => {
          if (part.type !== "reasoning") return [];
          const { itemId, reasoningEncryptedContent: seal } = part.providerOptions?.openai ?? {};
          return [{ text: part.text, itemId, seal: String(seal ?? "") }];
        })
      : [],
  );
}
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

  describe("thoughts before a call of a tool reach the model whatever became of the reply", () => {
    const result: MessageParts = [
      {
        type: "tool-clock",
        toolCallId: "c",
        state: "output-available",
        input: {},
        output: "noon",
      },
    ];
    const bare: MessageParts = [{ type: "reasoning", text: "Which time?" }];
    const cut: MessageParts = [
      {
        type: "reasoning",
        text: "Which time?",
        providerMetadata: { openai: { itemId: "r9", reasoningEncryptedContent: null } },
      },
    ];
    const cases: [string, MessageParts][] = [
      ["old or imported, without any mark of the provider", bare],
      ["cut while it thought, so that it was never sealed", cut],
      ["finished and sealed", thought("Which time?")],
    ];

    test.each(cases)("%s", async (_, thoughts) => {
      const messages = await toModelMessages([
        message("user", said("What time is it?")),
        message("assistant", [...thoughts, ...result, ...said("Noon.")]),
        message("user", said("Thanks")),
      ]);
      const [reasoning] = sealsIn(messages);
      expect(reasoning).toMatchObject({ text: "Which time?" });
      expect(reasoning?.seal).toMatch(/./);
    });

    test("of a branch made by editing or regenerating: only its own, each under a name of its own", async () => {
      const path = [1, 2].flatMap((number) => [
        message("user", said(`Question ${number}`)),
        { ...message("assistant", [...bare, ...result, ...bare, ...said("Noon.")]), id: `msg_${number}` },
      ]);
      const messages = await toModelMessages([...path, message("user", said("Edited"))]);
      const seals = sealsIn(messages);
      expect(seals).toHaveLength(4);
      expect(new Set(seals.map(({ itemId }) => itemId)).size).toBe(4);
      expect(seals.map(({ seal }) => openReasoning(seal))).toEqual(Array(4).fill("Which time?"));
    });

    test("a thought of several parts keeps the one seal it has", async () => {
      const openai = { itemId: "r1" };
      const parts: MessageParts = [
        { type: "reasoning", text: "First.", providerMetadata: { openai } },
        {
          type: "reasoning",
          text: "Second.",
          providerMetadata: { openai: { ...openai, reasoningEncryptedContent: "sealed" } },
        },
      ];
      const messages = await toModelMessages([
        message("user", said("Hi")),
        message("assistant", [...parts, ...result, ...said("Noon.")]),
      ]);
      expect(sealsIn(messages).map(({ itemId, seal }) => [itemId, seal])).toEqual([
        ["r1", ""],
        ["r1", "sealed"],
      ]);
    });
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
