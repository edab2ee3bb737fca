import { safeValidateUIMessages } from "ai";
import { attachmentIdOf } from "../attachments/file-part.ts";
import { type MessageMetadata, type MessageParts, parseMetadata, type StoredMessage } from "../message.ts";
import { readStoredOptions } from "../options.ts";
import { newestLeaf } from "../tree.ts";
import { type ExportedChat, exportedChatSchema, exportFormat } from "./export-format.ts";
import { type ImportedChat, importedFileScheme, maxMessages, SkippedConversation } from "./imported-chat.ts";

/** Whether the value says that it is one of our exports. */
export function isExportedChat(value: unknown): boolean {
  return typeof value === "object" && value !== null && "format" in value && value.format === exportFormat;
}

/**
 * A chat of our own export.
 * @throws SkippedConversation
 */
export async function chatFromExport(value: unknown): Promise<ImportedChat> {
  const parsed = exportedChatSchema.safeParse(value);
  if (!parsed.success) throw new SkippedConversation("not_a_chat", null, { cause: parsed.error });
  const { chat, messages, attachments } = parsed.data;
  if (messages.length === 0) throw new SkippedConversation("empty", chat.title);
  if (messages.length > maxMessages) throw new SkippedConversation("too_many_messages", chat.title);
  const ordered = parentsFirst(await readMessages(messages, chat.title));
  if (!ordered) throw new SkippedConversation("broken_tree", chat.title);
  const pathOf = new Map(attachments.map(({ id, path }) => [id, path]));
  const known = ordered.some(({ id }) => id === chat.activeLeafId);
  return {
    sourceId: `aigateway:${chat.id}`,
    title: chat.title,
    createdAt: new Date(chat.createdAt),
    lastMessageAt: new Date(chat.lastMessageAt),
    activeLeafId: known ? chat.activeLeafId : (newestLeaf(ordered)?.id ?? null),
    filing: {
      options: readStoredOptions(chat.options),
      pinnedAt: chat.pinnedAt ? new Date(chat.pinnedAt) : null,
      archivedAt: chat.archivedAt ? new Date(chat.archivedAt) : null,
      folder: chat.folder ?? null,
    },
    messages: ordered.map((message) => ({ ...message, parts: withImportedFiles(message.parts, pathOf) })),
  };
}

/** The parts are checked by the SDK whose parts they are: what it would not take must not get into the database. */
async function readMessages(given: ExportedChat["messages"], title: string): Promise<StoredMessage[]> {
  const filled = given.filter(({ parts }) => parts.length > 0);
  const checked = filled.length === 0 ? null : await safeValidateUIMessages({ messages: filled });
  if (checked && !checked.success) {
    throw new SkippedConversation("invalid_parts", title, { cause: checked.error });
  }
  const partsOf = new Map(checked?.data.map(({ id, parts }) => [id, parts]));
  return given.map(({ id, parentId, role, metadata, createdAt }) => {
    const known = parseMetadata(metadata);
    if (!known) throw new SkippedConversation("invalid_parts", title);
    return {
      id,
      parentId,
      role,
      parts: partsOf.get(id) ?? [],
      metadata: role === "user" ? known : settled(known),
      createdAt: new Date(createdAt),
    };
  });
}

/** A reply that was being written when it was exported: nothing goes on with it here. */
function settled(metadata: MessageMetadata): MessageMetadata {
  if (metadata.status !== "running" && metadata.status !== "waiting") return metadata;
  const { materializedSeq: _seq, keptParts: _kept, ...rest } = metadata;
  return { ...rest, status: "interrupted" };
}

function withImportedFiles(parts: MessageParts, pathOf: ReadonlyMap<string, string>): MessageParts {
  return parts.map((part) => {
    if (part.type !== "file") return part;
    const path = pathOf.get(attachmentIdOf(part) ?? "");
    return path === undefined ? part : { ...part, url: `${importedFileScheme}${path}` };
  });
}

/** Null when ids repeat, or a message does not hang together with a root. */
function parentsFirst(messages: readonly StoredMessage[]): StoredMessage[] | null {
  if (new Set(messages.map(({ id }) => id)).size < messages.length) return null;
  const below = Map.groupBy(messages, ({ parentId }) => parentId);
  const ordered = [...(below.get(null) ?? [])];
  // Grows while it is walked.
  for (const { id } of ordered) for (const reply of below.get(id) ?? []) ordered.push(reply);
  return ordered.length === messages.length ? ordered : null;
}
