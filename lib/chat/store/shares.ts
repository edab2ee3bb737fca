import { randomBytes } from "node:crypto";
import type { Db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { storableText } from "#lib/ops/storable-text.ts";
import { toStorableJson } from "../message.ts";
import {
  parseSharedMessages,
  type ShareChoices,
  type SharedMessage,
  shareChoicesSchema,
  snapshotOf,
} from "../share/snapshot.ts";
import { shownPath } from "../transfer/chat-markdown.ts";
import { readWholeChat } from "./exports.ts";

/** A share as its owner sees it. */
export interface ShareInfo {
  id: string;
  token: string;
  chatId: string;
  title: string;
  choices: ShareChoices;
  createdAt: Date;
  /** When its snapshot was taken. */
  takenAt: Date;
}

/** A share as anybody with its token sees it. */
export interface SharedChat {
  title: string;
  authorName: string | null;
  takenAt: Date;
  messages: SharedMessage[];
}

const info = {
  id: true,
  token: true,
  chatId: true,
  title: true,
  choices: true,
  createdAt: true,
  takenAt: true,
} as const;

function toInfo(row: Omit<ShareInfo, "choices"> & { choices: unknown }): ShareInfo {
  return { ...row, choices: shareChoicesSchema.parse(row.choices) };
}

/**
 * Shares a chat as it is shown now, or takes the snapshot of its share anew under the same address. Null when the chat is absent, deleted
 * or another account's, or has nothing to show.
 */
export async function shareChat(
  db: Db,
  account: { id: string; name: string | null },
  chatId: string,
  choices: ShareChoices,
  now: Date,
): Promise<ShareInfo | null> {
  const chat = await readWholeChat(db, account.id, chatId);
  if (!chat) return null;
  const { messages, attachmentIds } = snapshotOf(shownPath(chat), choices);
  if (messages.length === 0) return null;
  const authorName = choices.name && account.name ? storableText(account.name) : null;
  // 192 bits of randomness: it cannot be guessed, and says nothing of the chat.
  const token = randomBytes(24).toString("base64url");
  const rows = await db.$queryRaw<(Omit<ShareInfo, "choices"> & { choices: unknown })[]>`
    INSERT INTO shares (id, token, account_id, chat_id, title, author_name, choices, messages, attachment_ids, taken_at)
    SELECT ${newId("shr")}, ${token}, account_id, id, title, ${authorName}, ${JSON.stringify(choices)}::jsonb,
      ${toStorableJson(messages)}::jsonb, ${attachmentIds}::text[], ${now}
    FROM chats WHERE id = ${chatId} AND account_id = ${account.id} AND deleted_at IS NULL
    ON CONFLICT (chat_id) DO UPDATE SET
      title = excluded.title, author_name = excluded.author_name, choices = excluded.choices,
      messages = excluded.messages, attachment_ids = excluded.attachment_ids, taken_at = excluded.taken_at
    RETURNING id, token, chat_id AS "chatId", title, choices, created_at AS "createdAt", taken_at AS "takenAt"`;
  return rows[0] ? toInfo(rows[0]) : null;
}

/** The share of a chat; null when it has none. */
export async function getShareOfChat(db: Db, accountId: string, chatId: string): Promise<ShareInfo | null> {
  const row = await db.share.findFirst({
    where: { chatId, accountId, chat: { deletedAt: null } },
    select: info,
  });
  return row && toInfo(row);
}

/** All shares of the account, newest first. */
export async function listShares(db: Db, accountId: string): Promise<ShareInfo[]> {
  const rows = await db.share.findMany({
    where: { accountId, chat: { deletedAt: null } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: info,
  });
  return rows.map(toInfo);
}

/** Ends a share: from now on its address leads nowhere, and it never comes back. False when there is no such share. */
export async function revokeShare(db: Db, accountId: string, shareId: string): Promise<boolean> {
  const { count } = await db.share.deleteMany({ where: { id: shareId, accountId } });
  return count > 0;
}

// A share is not shown while its chat is deleted or its account is closed.
const inForce = { chat: { deletedAt: null }, account: { disabledAt: null } } satisfies Prisma.ShareWhereInput;

/** What anybody with the token may read; null when there is no such share in force. */
export async function getSharedChat(db: Db, token: string): Promise<SharedChat | null> {
  const row = await db.share.findFirst({
    where: { token, ...inForce },
    select: { title: true, authorName: true, takenAt: true, messages: true },
  });
  return row && { ...row, messages: parseSharedMessages(row.messages) };
}

/** Whose file it is, if a share in force shows it. */
export async function getOwnerOfSharedFile(
  db: Db,
  token: string,
  attachmentId: string,
): Promise<string | null> {
  const row = await db.share.findFirst({
    where: { token, attachmentIds: { has: attachmentId }, ...inForce },
    select: { accountId: true },
  });
  return row?.accountId ?? null;
}
