import { attachmentIdOf } from "../attachments/file-part.ts";
import type { MessageParts } from "../message.ts";
import { toMarkdown } from "./chat-markdown.ts";
import { toExportedFolders } from "./export-folders.ts";
import { type ExportedAttachment, toExportedChat, type WholeChat } from "./export-format.ts";
import { type PromptText, toExportedPrompts } from "./export-prompts.ts";
import type { FolderName } from "./filing.ts";
import type { FileToPack } from "./pack.ts";

/** A file of the account and its bytes; null when it is gone. */
export type FileReader = (
  id: string,
) => Promise<{ mediaType: string; filename: string; bytes: Uint8Array } | null>;

export interface ExportOptions {
  readFile: FileReader;
  now: Date;
}

const extensions: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/avif": "avif",
  "application/pdf": "pdf",
  "text/plain": "txt",
};

/** The ids of the files that messages show, each once. */
function attachmentIdsIn(messages: readonly { parts: MessageParts }[]): string[] {
  return [...new Set(messages.flatMap(({ parts }) => parts.flatMap((part) => attachmentIdOf(part) ?? [])))];
}

/** A name for a chat's files: its day and title, in letters that every system takes, and the end of its id. */
export function fileNameOf({ id, title, createdAt }: Pick<WholeChat, "id" | "title" | "createdAt">): string {
  const words = title
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  const short = Array.from(words).slice(0, 60).join("");
  return [createdAt.toISOString().slice(0, 10), short, id.slice(-6)].filter(Boolean).join("-");
}

/** A chat alone: one file when it shows no others, else a zip with them. */
export async function chatFiles(
  chat: WholeChat,
  format: "markdown" | "json",
  options: ExportOptions,
): Promise<{ text: string } | { files: AsyncIterable<FileToPack> }> {
  const { attachments, files } = await attachmentFiles(chat, "attachments/", options);
  const text =
    format === "markdown" ? toMarkdown(chat, attachments) : chatJson(chat, attachments, options.now);
  if (attachments.length === 0) return { text };
  const path = format === "markdown" ? `${fileNameOf(chat)}.md` : "chat.json";
  return { files: joined([{ path, changedAt: chat.lastMessageAt, content: text }], files()) };
}

/** The folders, in their order. */
export function foldersFile(folders: readonly FolderName[], now: Date): FileToPack {
  const content = `${JSON.stringify(toExportedFolders(folders), null, 2)}\n`;
  return { path: "folders.json", changedAt: now, content };
}

/** The person's prompts. */
export function promptsFile(prompts: readonly PromptText[], now: Date): FileToPack {
  const content = `${JSON.stringify(toExportedPrompts(prompts), null, 2)}\n`;
  return { path: "prompts.json", changedAt: now, content };
}

/** All chats, each as JSON and as Markdown, their files once. */
export async function* accountChatFiles(
  chats: AsyncIterable<WholeChat>,
  options: ExportOptions,
): AsyncGenerator<FileToPack> {
  const packed = new Set<string>();
  for await (const chat of chats) {
    const name = `chats/${fileNameOf(chat)}`;
    const { attachments, files } = await attachmentFiles(chat, "attachments/", options);
    const changedAt = chat.lastMessageAt;
    yield { path: `${name}.json`, changedAt, content: chatJson(chat, attachments, options.now) };
    const beside = attachments.map((file) => ({ ...file, path: `../${file.path}` }));
    yield { path: `${name}.md`, changedAt, content: toMarkdown(chat, beside) };
    for await (const file of files()) {
      if (packed.has(file.path)) continue;
      packed.add(file.path);
      yield file;
    }
  }
}

function chatJson(chat: WholeChat, attachments: readonly ExportedAttachment[], now: Date): string {
  return `${JSON.stringify(toExportedChat(chat, attachments, now), null, 1)}\n`;
}

/** What is known of the files that a chat shows, and their bytes, one file at a time. */
async function attachmentFiles(chat: WholeChat, folder: string, { readFile }: ExportOptions) {
  const attachments: ExportedAttachment[] = [];
  for (const id of attachmentIdsIn(chat.messages)) {
    const file = await readFile(id);
    if (!file) continue;
    const { mediaType, filename, bytes } = file;
    const path = `${folder}${id}.${extensions[mediaType] ?? "bin"}`;
    attachments.push({ id, mediaType, filename, sizeBytes: bytes.length, path });
  }
  return {
    attachments,
    async *files(): AsyncGenerator<FileToPack> {
      for (const { id, path, mediaType } of attachments) {
        const file = await readFile(id);
        if (!file) continue;
        const stored = mediaType.startsWith("image/");
        yield { path, changedAt: chat.lastMessageAt, content: file.bytes, stored };
      }
    },
  };
}

async function* joined(
  first: readonly FileToPack[],
  rest: AsyncIterable<FileToPack>,
): AsyncGenerator<FileToPack> {
  yield* first;
  yield* rest;
}
