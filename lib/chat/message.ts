import type { UIMessage, UIMessageChunk } from "ai";
import * as z from "zod/mini";
import { storableText } from "#lib/ops/storable-text.ts";

const tokenCount = z.int().check(z.nonnegative());

/** Why a reply failed. `code` is a row of the API's error table. */
const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.nullable(z.string()),
  retryAfterS: z.optional(z.number()),
});

/** What the person may want to say next, as the model suggested it in a call of its own, and what that call cost. */
export const followUpsSchema = z.object({
  texts: z.array(z.string()),
  /** Nano-USD, as a decimal string; null when the call's record could not be read. */
  costNanoUsd: z.nullable(z.string()),
  provider: z.nullable(z.string()),
});

/**
 * What is known of a message besides its parts; a person's message has none of it. A reply is "waiting" when its
 * generation has ended and goes on once the person has approved or denied its calls of tools. Times are milliseconds since 1970 by
 * the server's clock. Usage and cost are sums over `requestIds`, the metered requests of all its generations.
 */
const metadataSchema = z.object({
  status: z.optional(z.enum(["running", "waiting", "completed", "stopped", "failed", "interrupted"])),
  startedAt: z.optional(z.number()),
  endedAt: z.nullish(z.number()),
  error: z.nullish(failureSchema),
  finishReason: z.nullish(z.string()),
  requestIds: z.optional(z.array(z.string())),
  usage: z.optional(
    z.object({
      promptTokens: tokenCount,
      cachedTokens: tokenCount,
      completionTokens: tokenCount,
      reasoningTokens: tokenCount,
    }),
  ),
  /** Nano-USD, as a decimal string because JSON numbers end at 2^53. */
  costNanoUsd: z.optional(z.string()),
  timeToFirstTokenMs: z.optional(z.number()),
  /** From the first token to the end, summed over the requests. */
  writingMs: z.optional(z.number()),
  /** What the last request read and wrote: what the next one begins with. */
  contextTokens: z.optional(tokenCount),
  estimated: z.optional(z.boolean()),
  /** A person has changed the texts of another version into these. */
  edited: z.optional(z.boolean()),
  provider: z.optional(z.string()),
  followUps: z.optional(followUpsSchema),
  /** While running: the position in the generation's log that the stored parts contain. */
  materializedSeq: z.optional(z.int()),
  /** While running: how many leading parts were there before this generation, whose log replays onto them. */
  keptParts: z.optional(z.int()),
});

export type MessageMetadata = z.infer<typeof metadataSchema>;
export type FollowUps = z.infer<typeof followUpsSchema>;
export type MessageFailure = z.infer<typeof failureSchema>;
export type ChatUIMessage = UIMessage<MessageMetadata>;
export type ChatChunk = UIMessageChunk<MessageMetadata>;
export type MessageParts = ChatUIMessage["parts"];

/** One message of a chat's tree; `parentId` is null at the root. */
export interface StoredMessage {
  id: string;
  parentId: string | null;
  role: "user" | "assistant";
  parts: MessageParts;
  metadata: MessageMetadata;
  createdAt: Date;
}

/** The error of a call of a tool that was cut short: stopped, or its process ended. */
export const interrupted = "Interrupted";

const hasType = z.looseObject({ type: z.string() });
const partsSchema = z.custom<MessageParts>((value) => z.array(hasType).safeParse(value).success);
const chunkSchema = z.custom<ChatChunk>((value) => hasType.safeParse(value).success);

/** Reads the JSON columns of a message; throws when they were not written by this program. */
export function parseMessageColumns(columns: { parts: unknown; metadata: unknown }): {
  parts: MessageParts;
  metadata: MessageMetadata;
} {
  return { parts: parseParts(columns.parts), metadata: metadataSchema.parse(columns.metadata) };
}

/** Reads the parts of a message alone. */
export function parseParts(value: unknown): MessageParts {
  return partsSchema.parse(value);
}

/** Metadata from outside; null when it is none. */
export function parseMetadata(value: unknown): MessageMetadata | null {
  return metadataSchema.safeParse(value).data ?? null;
}

/** Reads one event of a generation's log. */
export function parseChunk(value: unknown): ChatChunk {
  return chunkSchema.parse(value);
}

/** JSON for a `jsonb` column, with every string in it made storable. */
export function toStorableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "string" ? storableText(inner) : inner,
  );
}
