import { createHash } from "node:crypto";
import type { StoredMessage } from "../message.ts";
import type { ChatFiling } from "./filing.ts";
import type { SkipReason } from "./import-report.ts";

/** A chat out of a file, its ids still those of the program it comes from. */
export interface ImportedChat {
  /** Program and id there: `chatgpt:6a1f…`. The same for every export of the same chat. */
  sourceId: string;
  title: string;
  createdAt: Date;
  lastMessageAt: Date;
  activeLeafId: string | null;
  filing: ChatFiling;
  /** The whole tree, parents before their replies. */
  messages: StoredMessage[];
}

/** An expected failure of one conversation; the others of its file are imported. */
export class SkippedConversation extends Error {
  override readonly name = "SkippedConversation";
  readonly reason: SkipReason;
  /** Its title, or what else names it. */
  readonly label: string | null;

  constructor(reason: SkipReason, label: string | null = null, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
    this.label = label;
  }
}

/** The most messages a chat may have, counted after merging. */
export const maxMessages = 20_000;

/** What a file in a message is called until its bytes are stored: `import:` and its name in the export. */
export const importedFileScheme = "import:";

/**
 * Gives the chat and its messages the ids they have in this account: made from theirs, so that importing again finds the same
 * ones, and from the account, so that two accounts never meet.
 */
export function withOwnIds(chat: ImportedChat, accountId: string): ImportedChat & { id: string } {
  const ownId = (prefix: "chat" | "msg", id: string) =>
    `${prefix}_${hashOf(JSON.stringify([accountId, chat.sourceId, id]))}`;
  return {
    ...chat,
    id: ownId("chat", ""),
    activeLeafId: chat.activeLeafId === null ? null : ownId("msg", chat.activeLeafId),
    messages: chat.messages.map((message) => ({
      ...message,
      id: ownId("msg", message.id),
      parentId: message.parentId === null ? null : ownId("msg", message.parentId),
    })),
  };
}

/** The id that a folder of an export gets in this account, where it is made. */
export function ownFolderId(accountId: string, folderId: string): string {
  return `fld_${hashOf(JSON.stringify([accountId, "folder", folderId]))}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
