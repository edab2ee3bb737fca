import { z } from "zod";
import type { MessageParts } from "../../message.ts";
import { importedFileScheme } from "../imported-chat.ts";
import { fenced } from "../markdown-fence.ts";
import type { GptMessage } from "./conversation-schema.ts";

type Part = MessageParts[number];

const string = z.string().catch("");
const contentSchema = z.object({
  parts: z.array(z.unknown()).catch([]),
  text: string,
  language: string,
  content: string,
  result: string,
  name: string,
  title: string,
  url: string,
  thoughts: z.array(z.object({ summary: string, content: string })).catch([]),
});
type Content = z.infer<typeof contentSchema>;

const pieceSchema = z.union([
  z.string(),
  z.object({ content_type: z.string(), asset_pointer: string, text: string }),
]);

/** Whether the message is one of those ChatGPT itself never shows. */
export function isHidden({ author, content, metadata }: GptMessage): boolean {
  return (
    author.role === "system" ||
    metadata?.is_visually_hidden_from_conversation === true ||
    content.content_type === "user_editable_context" ||
    content.content_type === "model_editable_context"
  );
}

/** What a message holds, calls of tools and their results as text. */
export function partsOfMessage(message: GptMessage): MessageParts {
  const content = contentSchema.parse(message.content);
  switch (message.content.content_type) {
    case "thoughts":
      return reasoningOf(content, message);
    case "reasoning_recap":
      return [];
    case "code":
      return textParts(fenced(content.text, languageOf(content, message)));
    case "execution_output":
      return textParts(content.text && fenced(content.text, "text"));
    case "tether_quote":
      return textParts(quoteOf(content));
    case "tether_browsing_display":
      return textParts(content.result && fenced(content.result, "text"));
    case "system_error":
      return textParts(fenced([content.name, content.text].filter(Boolean).join(": "), "text"));
    default:
      return [...piecesOf(content, message), ...attachedFiles(message, content)];
  }
}

/** How long the thinking took that a "Thought for 12 s" closes, in milliseconds; null when the message is no such line. */
export function thinkingTookMs(message: GptMessage): number | null {
  if (message.content.content_type !== "reasoning_recap") return null;
  const seconds = message.metadata?.finished_duration_sec;
  return typeof seconds === "number" && seconds >= 0 ? seconds * 1_000 : null;
}

function textParts(text: string): MessageParts {
  return text.trim() === "" ? [] : [{ type: "text", text }];
}

function reasoningOf({ thoughts }: Content, message: GptMessage): MessageParts {
  const text = thoughts
    .map(({ summary, content }) => [summary && `**${summary}**`, content].filter(Boolean).join("\n\n"))
    .filter(Boolean)
    .join("\n\n");
  if (text === "") return [];
  const startedAt = message.create_time ? Math.round(message.create_time * 1_000) : null;
  return [
    {
      type: "reasoning",
      text,
      state: "done",
      ...(startedAt !== null && { providerMetadata: { aigateway: { startedAt } } }),
    },
  ];
}

function languageOf({ language }: Content, { recipient }: GptMessage): string {
  if (recipient === "python") return "python";
  return language === "unknown" ? "" : language;
}

function quoteOf({ title, url, text }: Content): string {
  const source = URL.canParse(url) ? `[${title || url}](${url})` : title;
  const quoted = text
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
  return [source, text && quoted].filter(Boolean).join("\n\n");
}

function piecesOf(content: Content, message: GptMessage): MessageParts {
  const pieces = content.parts.length > 0 ? content.parts : [content.text];
  const isCall = message.author.role === "assistant" && (message.recipient ?? "all") !== "all";
  return pieces.flatMap((given): Part[] => {
    const piece = pieceSchema.safeParse(given).data;
    if (piece === undefined) return [];
    if (typeof piece !== "string") {
      const id = assetId(piece.asset_pointer);
      return id !== null && piece.content_type.startsWith("image") ? [filePart(id)] : textParts(piece.text);
    }
    const text = withoutCitationMarks(piece, message);
    return textParts(isCall && text.trim() !== "" ? fenced(text, "") : text);
  });
}

/** Files that came with a message and are not among its pictures. */
function attachedFiles({ metadata }: GptMessage, { parts }: Content): MessageParts {
  const shown = JSON.stringify(parts);
  return (metadata?.attachments ?? [])
    .filter(({ id }) => !shown.includes(id))
    .map(({ id, name }) => filePart(id, name ?? undefined));
}

/** The bytes tell the kind when they are stored. */
function filePart(id: string, filename?: string): Part {
  return {
    type: "file",
    mediaType: "application/octet-stream",
    url: `${importedFileScheme}${id}`,
    ...(filename !== undefined && { filename }),
  };
}

/** The file that an `asset_pointer` names: `file-service://file-abc`, `sediment://file_0123`. */
function assetId(pointer: string): string | null {
  const name = pointer.slice(pointer.indexOf("://") + 1).replace(/^\/+/, "");
  return /^file[-_][A-Za-z0-9]+/.exec(name)?.[0] ?? null;
}

/** Citations stand in the text as private characters; the export says what they were shown as. */
function withoutCitationMarks(text: string, { metadata }: GptMessage): string {
  let plain = text;
  for (const { matched_text: mark, alt } of metadata?.content_references ?? []) {
    if (mark?.startsWith("\uE200")) plain = plain.replaceAll(mark, () => alt ?? "");
  }
  return plain.replace(/\uE200[^\uE201]*\uE201/g, "");
}
