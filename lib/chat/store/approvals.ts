import { type DynamicToolUIPart, isToolUIPart, type ToolUIPart } from "ai";
import type { Db } from "#lib/db/client.ts";
import { storableText } from "#lib/ops/storable-text.ts";
import { type MessageParts, toStorableJson } from "../message.ts";
import { ChatRefusal } from "../refusal.ts";
import { toolKeyOf } from "../tools/tool-key.ts";
import { asksPerson } from "../waiting.ts";
import { toStoredMessage } from "./rows.ts";
import { lockChat, showLeaf } from "./turn-chat.ts";
import type { StartedTurn } from "./turns.ts";
import { runningMetadata, writeGeneration } from "./write-reply.ts";

export interface Decision {
  chatId: string;
  messageId: string;
  toolCallId: string;
  approved: boolean;
  reason: string | null;
  /** Whether the tool is allowed for the rest of the chat. */
  forChat: boolean;
  processId: string;
  now: Date;
}

/**
 * Stores what the person decided about a call of a tool. With the last one of a reply its next generation is started, and
 * given; null while others wait.
 * @throws ChatRefusal `not_found`, `nothing_to_approve` when it was decided before or the chat has gone on, `generation_running`
 */
export async function decideCall(db: Db, accountId: string, decision: Decision): Promise<StartedTurn | null> {
  return db.$transaction(async (tx) => {
    const chat = await lockChat(tx, accountId, decision.chatId);
    const row = await tx.message.findFirst({
      where: { id: decision.messageId, chatId: chat.id },
      include: {
        generations: { where: { status: "running" }, select: { id: true }, take: 1 },
        replies: { select: { id: true }, take: 1 },
      },
    });
    if (!row) throw new ChatRefusal("not_found");
    if (row.generations.length > 0) throw new ChatRefusal("generation_running");
    const message = toStoredMessage(row);
    const call = message.parts.find((part) => isWaiting(part) && part.toolCallId === decision.toolCallId);
    if (!call || !isWaiting(call) || row.replies.length > 0) throw new ChatRefusal("nothing_to_approve");
    const decided = withDecision(call, decision);
    const parts = message.parts.map((part) => (part === call ? decided : part));
    if (decision.approved && decision.forChat) {
      const data = { chatId: chat.id, tool: toolKeyOf(call) };
      await tx.toolGrant.createMany({ data, skipDuplicates: true });
    }
    const goesOn = !asksPerson(parts);
    const kept = { requestIds: message.metadata.requestIds ?? [], keptParts: parts.length };
    const metadata = goesOn ? runningMetadata(decision.now, kept) : message.metadata;
    await tx.$executeRaw`
      UPDATE messages SET parts = ${toStorableJson(parts)}::jsonb, metadata = ${toStorableJson(metadata)}::jsonb
      WHERE id = ${message.id}`;
    if (!goesOn) return null;
    const shown = showLeaf(chat, message.id, decision.now);
    const { processId } = decision;
    const generationId = await writeGeneration(tx, shown, { accountId, messageId: message.id, processId });
    return {
      chat,
      userMessageId: message.parentId,
      assistantMessageId: message.id,
      generationId,
      isNewChat: false,
      repeated: false,
    };
  });
}

type Part = MessageParts[number];
type WaitingCall = Extract<ToolUIPart | DynamicToolUIPart, { state: "approval-requested" }>;

function isWaiting(part: Part): part is WaitingCall {
  return isToolUIPart(part) && part.state === "approval-requested";
}

function withDecision(call: WaitingCall, { approved, reason }: Pick<Decision, "approved" | "reason">): Part {
  const why = reason === null ? {} : { reason: storableText(reason) };
  return { ...call, state: "approval-responded", approval: { ...call.approval, approved, ...why } };
}
