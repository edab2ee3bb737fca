import fc from "fast-check";
import type { MessageMetadata, MessageParts, StoredMessage } from "#lib/chat/message.ts";
import { mostOutputTokens } from "#lib/chat/options.ts";
import type { WholeChat } from "#lib/chat/transfer/export-format.ts";
import type { ChatFiling } from "#lib/chat/transfer/filing.ts";

type Part = MessageParts[number];

const word = fc.string({ minLength: 1, unit: "grapheme" });
const times = fc
  .tuple(fc.nat(), fc.nat())
  .map(([startedAt, endedAt]) => ({ aigateway: { startedAt, endedAt } }));
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

const parts: fc.Arbitrary<Part> = fc.oneof(
  word.map((text): Part => ({ type: "text", text })),
  fc
    .tuple(word, times)
    .map(([text, providerMetadata]): Part => ({ type: "reasoning", text, state: "done", providerMetadata })),
  fc.constant<Part>({ type: "step-start" }),
  fc.tuple(word, json, json, times).map(
    ([toolCallId, input, output, resultProviderMetadata]): Part => ({
      type: "dynamic-tool",
      toolName: "calculator",
      toolCallId,
      state: "output-available",
      input,
      output,
      resultProviderMetadata,
    }),
  ),
  fc.tuple(word, json).map(
    ([errorText, input]): Part => ({
      type: "dynamic-tool",
      toolName: "fetch_page",
      toolCallId: "call_1",
      state: "output-error",
      input,
      errorText,
    }),
  ),
);

const metadata: fc.Arbitrary<MessageMetadata> = fc.record(
  {
    status: fc.constantFrom("completed", "stopped", "failed", "interrupted"),
    startedAt: fc.nat(),
    endedAt: fc.nat(),
    finishReason: fc.constantFrom("stop", "length", null),
    requestIds: fc.array(fc.string()),
    costNanoUsd: fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
    contextTokens: fc.nat(),
    usage: fc.record({
      promptTokens: fc.nat(),
      cachedTokens: fc.nat(),
      completionTokens: fc.nat(),
      reasoningTokens: fc.nat(),
    }),
  },
  { requiredKeys: [] },
);

const node = fc.record({
  above: fc.nat(),
  parts: fc.array(parts, { maxLength: 5 }),
  metadata,
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
});

const moment = fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => new Date(ms));
const filings: fc.Arbitrary<ChatFiling> = fc.record({
  options: fc.record({
    thinking: fc.boolean(),
    effort: fc.constantFrom(null, "low", "medium", "high"),
    systemPrompt: fc.string({ unit: "grapheme" }),
    maxOutputTokens: fc.option(fc.integer({ min: 1, max: mostOutputTokens })),
    answer: fc.constantFrom("text", "json"),
    jsonSchema: fc.constantFrom(null, { type: "object", properties: { a: { type: "string" } } }),
  }),
  pinnedAt: fc.option(moment),
  archivedAt: fc.option(moment),
  folder: fc.option(fc.record({ id: fc.uuid(), name: word })),
});

/** No two of one moment: those have no order but that of their ids, which an import makes anew. */
const nodes = fc.uniqueArray(node, { minLength: 1, maxLength: 30, selector: ({ at }) => at });

/** Any tree: each message hangs below one that came before it, or is a root. */
export const wholeChats: fc.Arbitrary<WholeChat> = fc
  .tuple(word, nodes, fc.nat(), filings)
  .map(([title, given, leaf, filing]) => {
    const messages = given.map(({ above, at, ...rest }, index): StoredMessage => {
      const place = above % (index + 1);
      const parentId = place === index ? null : `msg_${place}`;
      const role = index % 2 === 0 ? ("user" as const) : ("assistant" as const);
      return { id: `msg_${index}`, parentId, role, createdAt: new Date(at), ...rest };
    });
    return {
      id: "chat_origin",
      title,
      createdAt: new Date(1_700_000_000_000),
      lastMessageAt: new Date(1_700_000_100_000),
      activeLeafId: `msg_${leaf % messages.length}`,
      filing,
      messages,
    };
  });
