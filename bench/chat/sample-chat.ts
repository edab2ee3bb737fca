import type { MessageMetadata, MessageParts } from "#lib/chat/message.ts";

export interface SampleMessage {
  id: string;
  parentId: string | null;
  role: "user" | "assistant";
  parts: MessageParts;
  metadata: MessageMetadata;
  createdAt: Date;
}

const sentence =
  "A queue between two processes lets each of them run at its own pace, and shows by its length which one is slower. ";

const code = `\`\`\`typescript
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
\`\`\``;

const table = `| stage | waits for | limit |
| --- | --- | --- |
| parse | input | 10 ms |
| plan | parse | 20 ms |
| run | plan | 400 ms |
| report | run | 5 ms |`;

const list = `1. Measure **before** changing anything.
2. Change one thing, see \`bench/\`.
3. Measure again, with [the same protocol](https://example.com/protocol).

- [x] noted
- [ ] repeated`;

const formula = `The mean wait of such a queue is

$$
W = \\frac{1}{\\mu - \\lambda}
$$

as long as \\(\\lambda < \\mu\\).`;

/** An answer of about 1,800 characters with the kinds of blocks that answers have; every one differs from the others. */
export function sampleAnswer(number: number): string {
  const kinds = [code, table, list, formula];
  const blocks = [
    `## Part ${number}`,
    sentence.repeat(3),
    kinds[number % 4],
    sentence.repeat(2),
    kinds[(number + 1) % 4],
    sentence.repeat(4),
  ];
  return blocks.join("\n\n");
}

/** Paragraphs of about 450 characters, as models think. */
export function sampleThinking(chars: number): string {
  const paragraph = `${sentence.repeat(4).trim()}\n\n`;
  return paragraph
    .repeat(Math.ceil(chars / paragraph.length))
    .slice(0, chars)
    .trimEnd();
}

/** A chat of so many messages on one branch, questions and answers in turn, each answer with thinking and a receipt. */
export function sampleChat(chatId: string, count: number): SampleMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const role = index % 2 === 0 ? ("user" as const) : ("assistant" as const);
    const number = Math.floor(index / 2);
    const at = Date.UTC(2026, 0, 1) + index * 60_000;
    return {
      id: `${chatId.replace("chat_", "msg_")}${String(index).padStart(5, "0")}`,
      parentId:
        index === 0 ? null : `${chatId.replace("chat_", "msg_")}${String(index - 1).padStart(5, "0")}`,
      role,
      ...(role === "user" ? asked(number) : answered(number, at)),
      createdAt: new Date(at),
    };
  });
}

function asked(number: number): Pick<SampleMessage, "parts" | "metadata"> {
  return {
    parts: [{ type: "text", text: `Question ${number}: how does the next part work?` }],
    metadata: {},
  };
}

function answered(number: number, at: number): Pick<SampleMessage, "parts" | "metadata"> {
  return {
    parts: [
      { type: "step-start" },
      {
        type: "reasoning",
        text: sampleThinking(1_200),
        state: "done",
        providerMetadata: { aigateway: { startedAt: at, endedAt: at + 4_000 } },
      },
      { type: "text", text: sampleAnswer(number), state: "done" },
    ],
    metadata: {
      status: "completed",
      startedAt: at,
      endedAt: at + 20_000,
      finishReason: "stop",
      usage: {
        promptTokens: 500 + number * 700,
        cachedTokens: number * 700,
        completionTokens: 750,
        reasoningTokens: 300,
      },
      costNanoUsd: "3500000",
      timeToFirstTokenMs: 400,
      writingMs: 19_000,
      contextTokens: 1_250 + number * 700,
    },
  };
}
