import type { Db } from "#lib/db/client.ts";
import { saidIn } from "../follow-ups.ts";
import { type FollowUps, toStorableJson } from "../message.ts";
import { ChatRefusal } from "../refusal.ts";
import { notExpired } from "./chats.ts";
import { toStoredMessage } from "./rows.ts";

export interface ReplyOf {
  chatId: string;
  messageId: string;
}

/** A whole answer, and what it answers. */
export interface Exchange {
  question: string;
  answer: string;
  /** What was suggested before. */
  followUps: FollowUps | null;
}

/**
 * Reads what follow-ups are suggested for: a reply that has ended well and says something, in a chat that is kept.
 * @throws ChatRefusal `not_found`, `nothing_to_follow`
 */
export async function readExchange(
  db: Db,
  accountId: string,
  { chatId, messageId }: ReplyOf,
): Promise<Exchange> {
  const row = await db.message.findFirst({
    where: { id: messageId, chatId, chat: { accountId, deletedAt: null, ...notExpired(new Date()) } },
    include: { parent: true, chat: { select: { temporaryUntil: true } } },
  });
  if (!row) throw new ChatRefusal("not_found");
  const { metadata, role, parts } = toStoredMessage(row);
  const answer = saidIn({ parts });
  const whole = role === "assistant" && metadata.status === "completed" && answer !== "";
  if (!whole || !row.parent || row.chat.temporaryUntil !== null) throw new ChatRefusal("nothing_to_follow");
  return {
    question: saidIn(toStoredMessage(row.parent)),
    answer,
    followUps: metadata.followUps ?? null,
  };
}

/** Keeps what was suggested with the reply, unless that is written on meanwhile: then it does not fit any more. */
export async function keepFollowUps(
  db: Db,
  { chatId, messageId }: ReplyOf,
  followUps: FollowUps,
): Promise<void> {
  const added = toStorableJson({ followUps });
  await db.$executeRaw`
    UPDATE messages SET metadata = metadata || ${added}::jsonb
    WHERE id = ${messageId} AND chat_id = ${chatId} AND metadata->>'status' = 'completed'`;
}
