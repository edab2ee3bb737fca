import { getToolName, isToolUIPart } from "ai";
import { attachmentIdOf } from "../attachments/file-part.ts";
import type { MessageParts, StoredMessage } from "../message.ts";
import { newestLeaf, newestLeafBelow, pathTo } from "../tree.ts";
import type { ExportedAttachment, WholeChat } from "./export-format.ts";
import { fenced } from "./markdown-fence.ts";

type Part = MessageParts[number];
type ToolPart = Extract<Part, { toolCallId: string }>;

/** The messages of the branch that the chat shows. */
export function shownPath(chat: Pick<WholeChat, "messages" | "activeLeafId">): StoredMessage[] {
  const { messages, activeLeafId } = chat;
  const leaf =
    (activeLeafId === null ? null : newestLeafBelow(messages, activeLeafId)) ?? newestLeaf(messages);
  return leaf ? pathTo(messages, leaf.id) : [];
}

/**
 * The branch of a chat that is shown, to be read: thinking and tool calls folded, files as links to where they lie beside it. Words of
 * the frame are English in every language, as file formats are.
 */
export function toMarkdown(chat: WholeChat, attachments: readonly ExportedAttachment[]): string {
  const pathOf = new Map(attachments.map(({ id, path }) => [id, path]));
  const blocks = shownPath(chat).flatMap((message) => {
    const who = message.role === "user" ? "You" : "Kimi";
    const when = message.createdAt.toISOString().slice(0, 16).replace("T", " ");
    const body = message.parts.map((part) => blockOf(part, pathOf)).filter((block) => block !== "");
    return [`## ${who}`, `*${when} UTC*`, ...body];
  });
  return `${[`# ${oneLine(chat.title)}`, ...blocks].join("\n\n")}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function blockOf(part: Part, pathOf: ReadonlyMap<string, string>): string {
  if (part.type === "text") return part.text.trim();
  if (part.type === "reasoning")
    return part.text.trim() === "" ? "" : folded(thinkingOf(part), part.text.trim());
  if (part.type === "file") return fileLink(part, pathOf);
  return isToolUIPart(part) ? toolBlock(part) : "";
}

/** With the time it took, where that was measured. */
function thinkingOf({ providerMetadata }: Extract<Part, { type: "reasoning" }>): string {
  const { startedAt, endedAt } = providerMetadata?.aigateway ?? {};
  if (typeof startedAt !== "number" || typeof endedAt !== "number" || endedAt < startedAt) return "Thinking";
  return `Thinking (${Math.round((endedAt - startedAt) / 100) / 10} s)`;
}

/** A blank line after `<summary>` makes what follows Markdown again. */
function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

function fileLink(part: Extract<Part, { type: "file" }>, pathOf: ReadonlyMap<string, string>): string {
  const path = pathOf.get(attachmentIdOf(part) ?? "");
  const name = (part.filename ?? "file").replace(/[[\]\\]/g, "\\$&");
  if (path === undefined) return `[${name}]`;
  return `${part.mediaType.startsWith("image/") ? "!" : ""}[${name}](${path})`;
}

function toolBlock(part: ToolPart): string {
  const name = getToolName(part).replace(/[<>&]/g, "");
  const outcome = outcomeOf(part);
  const body = [
    fenced(asText(part.input ?? {}), "json"),
    ...(outcome === null ? [] : [fenced(asText(outcome), typeof outcome === "string" ? "text" : "json")]),
  ];
  return folded(`Tool: ${name} (${stateWords[part.state]})`, body.join("\n\n"));
}

const stateWords: Record<ToolPart["state"], string> = {
  "input-streaming": "not finished",
  "input-available": "not finished",
  "approval-requested": "not allowed yet",
  "approval-responded": "not finished",
  "output-available": "done",
  "output-error": "failed",
  "output-denied": "denied",
};

function outcomeOf(part: ToolPart): unknown {
  if (part.state === "output-available") return part.output ?? null;
  return part.state === "output-error" ? part.errorText : null;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
