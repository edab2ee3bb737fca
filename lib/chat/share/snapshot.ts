import { getToolName, isToolUIPart } from "ai";
import { z } from "zod";
import { attachmentIdOf } from "../attachments/file-part.ts";
import type { MessageParts, StoredMessage } from "../message.ts";

/** What the person lets others see besides the words. */
export const shareChoicesSchema = z.object({
  reasoning: z.boolean(),
  /** Arguments and results of tools, as they are. */
  toolResults: z.boolean(),
  /** The person's name. */
  name: z.boolean(),
});
export type ShareChoices = z.infer<typeof shareChoicesSchema>;

const toolStates = ["done", "failed", "notRun"] as const;

const sharedPartSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("reasoning"), text: z.string(), tookMs: z.number().nullable() }),
  z.object({
    type: z.literal("tool"),
    name: z.string(),
    title: z.string().nullable(),
    state: z.enum(toolStates),
    /** Null where the person kept it back. */
    detail: z.object({ input: z.unknown(), output: z.unknown() }).nullable(),
  }),
  z.object({
    type: z.literal("file"),
    attachmentId: z.string(),
    mediaType: z.string(),
    filename: z.string(),
  }),
]);

const sharedMessageSchema = z.object({
  role: z.enum(["user", "assistant"]),
  createdAt: z.string(),
  parts: z.array(sharedPartSchema),
});

export type SharedPart = z.infer<typeof sharedPartSchema>;
export type SharedMessage = z.infer<typeof sharedMessageSchema>;

/** Reads the messages of a share's row. */
export function parseSharedMessages(value: unknown): SharedMessage[] {
  return z.array(sharedMessageSchema).parse(value);
}

const timesSchema = z.object({ startedAt: z.number(), endedAt: z.number() });

/**
 * What a share shows of a branch. It names what is taken, so that nothing else of a message gets out: no cost, no usage, no errors, no
 * request ids, no metadata of providers.
 */
export function snapshotOf(
  path: readonly StoredMessage[],
  choices: ShareChoices,
): { messages: SharedMessage[]; attachmentIds: string[] } {
  const messages = path
    .map(({ role, createdAt, parts }) => ({
      role,
      createdAt: createdAt.toISOString(),
      parts: parts.flatMap((part) => sharedPart(part, choices) ?? []),
    }))
    .filter(({ parts }) => parts.length > 0);
  const ids = messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === "file" ? [part.attachmentId] : [])),
  );
  return { messages, attachmentIds: [...new Set(ids)] };
}

function sharedPart(part: MessageParts[number], choices: ShareChoices): SharedPart | null {
  if (part.type === "text") return part.text.trim() === "" ? null : { type: "text", text: part.text };
  if (part.type === "reasoning") {
    if (!choices.reasoning || part.text.trim() === "") return null;
    const times = timesSchema.safeParse(part.providerMetadata?.aigateway).data;
    return { type: "reasoning", text: part.text, tookMs: times ? times.endedAt - times.startedAt : null };
  }
  if (part.type === "file") {
    const attachmentId = attachmentIdOf(part);
    if (attachmentId === null) return null;
    return { type: "file", attachmentId, mediaType: part.mediaType, filename: part.filename ?? "" };
  }
  return isToolUIPart(part) ? sharedTool(part, choices) : null;
}

function sharedTool(
  part: Extract<MessageParts[number], { toolCallId: string }>,
  { toolResults }: ShareChoices,
): SharedPart {
  const states = { "output-available": "done", "output-error": "failed" } as const;
  const state =
    part.state === "output-available" || part.state === "output-error" ? states[part.state] : "notRun";
  const output = part.state === "output-available" ? part.output : part.errorText;
  return {
    type: "tool",
    name: getToolName(part),
    title: part.title ?? null,
    state,
    detail: toolResults ? { input: part.input ?? null, output: output ?? null } : null,
  };
}
