import * as z from "zod/mini";

export const draftRoles = ["system", "user", "assistant"] as const;
export type DraftRole = (typeof draftRoles)[number];

export interface DraftMessage {
  /** Of this page alone. */
  key: string;
  role: DraftRole;
  content: string;
}

/** A request as the playground's form holds it. */
export interface Draft {
  messages: readonly DraftMessage[];
  thinking: boolean;
  /** As typed; empty for the model's own bound. */
  maxTokens: string;
  json: boolean;
  /** One stop sequence a line. */
  stop: string;
  stream: boolean;
}

/** The body of a chat completion, in the fields that the playground knows. */
export interface PlaygroundBody {
  model: string;
  messages: { role: DraftRole; content: string }[];
  thinking?: { type: "disabled" };
  max_completion_tokens?: number;
  response_format?: { type: "json_object" };
  stop?: string[];
  stream?: true;
  stream_options?: { include_usage: true };
}

export const mostStops = 5;

export function emptyDraft(key: string): Draft {
  return {
    messages: [{ key, role: "user", content: "" }],
    thinking: true,
    maxTokens: "",
    json: false,
    stop: "",
    stream: true,
  };
}

/** The body that a draft asks with; what is at its default is left out, as are messages without a word. */
export function bodyOfDraft(draft: Draft, model: string): PlaygroundBody {
  const { messages, thinking, maxTokens, json, stop, stream } = draft;
  const stops = stop.split("\n").filter((line) => line !== "");
  return {
    model,
    messages: messages
      .filter(({ content }) => content.trim() !== "")
      .map(({ role, content }) => ({ role, content })),
    ...(!thinking && { thinking: { type: "disabled" as const } }),
    ...(maxTokens !== "" && { max_completion_tokens: Number(maxTokens) }),
    ...(json && { response_format: { type: "json_object" as const } }),
    ...(stops.length > 0 && { stop: stops }),
    ...(stream && { stream: true as const, stream_options: { include_usage: true as const } }),
  };
}

const text = z.string();
const bodySchema = z.object({
  messages: z.array(z.looseObject({ role: text, content: z.optional(z.unknown()) })),
  thinking: z.nullish(z.looseObject({ type: text })),
  max_tokens: z.nullish(z.number()),
  max_completion_tokens: z.nullish(z.number()),
  response_format: z.nullish(z.looseObject({ type: text })),
  stop: z.nullish(z.union([text, z.array(text)])),
  stream: z.nullish(z.boolean()),
  tools: z.nullish(z.array(z.unknown())),
});

const partsSchema = z.array(z.looseObject({ type: text, text: z.optional(text) }));

/** A draft made from a request, and whether something of it has no place here: tools, images, other roles. */
export interface Replay {
  draft: Draft;
  lossy: boolean;
}

/** Reads the body of a chat completion as a draft; null where it is none. `newKey` gives keys for messages. */
export function draftOfBody(body: unknown, newKey: () => string): Replay | null {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return null;
  const { messages, thinking, max_tokens, max_completion_tokens, response_format, stop, stream, tools } =
    parsed.data;
  const read = messages.map((message) => readMessage(message, newKey));
  const kept = read.flatMap(({ message }) => (message ? [message] : []));
  const maxTokens = max_completion_tokens ?? max_tokens;
  return {
    draft: {
      ...emptyDraft(newKey()),
      ...(kept.length > 0 && { messages: kept }),
      thinking: thinking?.type !== "disabled",
      maxTokens: maxTokens == null ? "" : String(maxTokens),
      json: response_format?.type === "json_object",
      stop: (typeof stop === "string" ? [stop] : (stop ?? [])).join("\n"),
      stream: stream === true,
    },
    lossy:
      read.some(({ lossy }) => lossy) ||
      (tools ?? []).length > 0 ||
      (response_format != null && !["json_object", "text"].includes(response_format.type)),
  };
}

interface ReadMessage {
  message: DraftMessage | null;
  lossy: boolean;
}

function readMessage(
  { role, content, tool_calls }: { role: string; content?: unknown; tool_calls?: unknown },
  newKey: () => string,
): ReadMessage {
  const known = role === "developer" ? "system" : draftRoles.find((each) => each === role);
  if (known === undefined) return { message: null, lossy: true };
  const { words, lossy } = wordsOf(content);
  const called = Array.isArray(tool_calls) && tool_calls.length > 0;
  return { message: { key: newKey(), role: known, content: words }, lossy: lossy || called };
}

function wordsOf(content: unknown): { words: string; lossy: boolean } {
  if (typeof content === "string") return { words: content, lossy: false };
  const parts = partsSchema.safeParse(content);
  if (!parts.success) return { words: "", lossy: content != null };
  const texts = parts.data.filter(({ type }) => type === "text");
  return {
    words: texts.map((part) => part.text ?? "").join("\n"),
    lossy: texts.length < parts.data.length,
  };
}
