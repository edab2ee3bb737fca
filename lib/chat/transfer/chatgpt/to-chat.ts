import type { StoredMessage } from "../../message.ts";
import { titleFromText } from "../../title.ts";
import { unfiled } from "../filing.ts";
import { type ImportedChat, SkippedConversation } from "../imported-chat.ts";
import { TurnBuilder } from "../turn-builder.ts";
import {
  conversationSchema,
  type GptConversation,
  type GptMessage,
  type GptNode,
} from "./conversation-schema.ts";
import { allParts, type GrowingReply, grown, timed } from "./growing-reply.ts";
import { isHidden, partsOfMessage, thinkingTookMs } from "./message-parts.ts";

/** Whether the value looks like a conversation of ChatGPT's export. */
export function isChatGptConversation(value: unknown): boolean {
  return typeof value === "object" && value !== null && "mapping" in value;
}

/**
 * A conversation of ChatGPT's export as a chat of ours. Its tree is kept; what stands between two messages of the person (thinking,
 * calls of tools, their results, text) becomes one reply, as it is here.
 * @throws SkippedConversation
 */
export function chatFromChatGpt(value: unknown, now: Date): ImportedChat {
  const parsed = conversationSchema.safeParse(value);
  if (!parsed.success) throw new SkippedConversation("not_a_chat", titleOf(value), { cause: parsed.error });
  const conversation = parsed.data;
  const label = conversation.title ?? null;
  const id = conversation.conversation_id ?? conversation.id ?? Object.keys(conversation.mapping)[0];
  if (!id) throw new SkippedConversation("empty", label);
  const createdAt = toDate(conversation.create_time) ?? toDate(conversation.update_time) ?? now;
  const { messages, places } = readTree(conversation, createdAt, label);
  if (messages.length === 0) throw new SkippedConversation("empty", label);
  const newest = messages.reduce((latest, message) =>
    message.createdAt > latest.createdAt ? message : latest,
  );
  const lastMessageAt = toDate(conversation.update_time) ?? newest.createdAt;
  return {
    sourceId: `chatgpt:${id}`,
    title: label?.trim() || titleFromText(firstText(messages)),
    createdAt,
    lastMessageAt,
    activeLeafId: places.get(conversation.current_node ?? "") ?? null,
    filing: { ...unfiled, archivedAt: conversation.is_archived ? lastMessageAt : null },
    messages,
  };
}

function titleOf(value: unknown): string | null {
  const isNamed = typeof value === "object" && value !== null && "title" in value;
  return isNamed && typeof value.title === "string" ? value.title : null;
}

function firstText(messages: readonly StoredMessage[]): string {
  for (const { parts } of messages) {
    for (const part of parts) if (part.type === "text") return part.text;
  }
  return "";
}

function toDate(seconds: number | null | undefined): Date | null {
  if (typeof seconds !== "number" || seconds <= 0) return null;
  const date = new Date(Math.round(seconds * 1_000));
  return Number.isNaN(date.getTime()) ? null : date;
}

interface Step {
  nodeId: string;
  /** The message above the reply being put together, or above the node. */
  parentId: string | null;
  /** The reply so far, where the node goes on with one. */
  reply: GrowingReply | null;
  /** Of what came before: nodes without a time stand right after it. */
  before: Date;
}

/** Walks the tree without recursion, for a chain may be thousands long. `places` says which message a node went into. */
function readTree(conversation: GptConversation, createdAt: Date, label: string | null) {
  const { mapping } = conversation;
  const builder = new TurnBuilder(label);
  const places = new Map<string, string>();
  const seen = new Set<string>();
  const waiting: Step[] = rootsOf(mapping)
    .map((nodeId) => ({ nodeId, parentId: null, reply: null, before: new Date(createdAt.getTime() - 1) }))
    .reverse();
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    const node = mapping[step.nodeId];
    if (!node || seen.has(step.nodeId)) continue;
    seen.add(step.nodeId);
    waiting.push(...readNode(node, step, { mapping, builder, places }).reverse());
  }
  return { messages: builder.finish(), places };
}

/** A root has no parent in the file. */
function rootsOf(mapping: GptConversation["mapping"]): string[] {
  return Object.entries(mapping).flatMap(([id, { parent }]) =>
    parent && mapping[parent] !== undefined && parent !== id ? [] : [id],
  );
}

interface Walk {
  mapping: GptConversation["mapping"];
  builder: TurnBuilder;
  places: Map<string, string>;
}

/** Takes a node into the tree and gives the steps to what follows it. */
function readNode(node: GptNode, step: Step, { mapping, builder, places }: Walk): Step[] {
  const { nodeId, before } = step;
  const message = node.message && !isHidden(node.message) ? node.message : null;
  const at = toDate(node.message?.create_time) ?? new Date(before.getTime() + 1);
  const children = (node.children ?? []).filter((id) => mapping[id] !== undefined);
  if (message?.author.role === "user") {
    const parts = partsOfMessage(message);
    places.set(nodeId, nodeId);
    builder.addUser({ id: nodeId, parentId: step.parentId, parts, createdAt: at });
    return children.map((child) => ({ nodeId: child, parentId: nodeId, reply: null, before: at }));
  }
  const reply = message ? goneOn(step.reply, message, at) : step.reply;
  const goesOn = (child: string) => !isUser(mapping[child]);
  // A reply ends where the person spoke next, and where nothing follows.
  const ends = reply !== null && (children.length === 0 || children.some((child) => !goesOn(child)));
  if (ends && reply.count > 0) {
    builder.claim(reply);
    builder.addReply({ id: nodeId, parentId: step.parentId, parts: allParts(reply), createdAt: at });
    places.set(nodeId, nodeId);
  }
  const endedId = places.get(nodeId) ?? step.parentId;
  return children.map((child) =>
    goesOn(child)
      ? { nodeId: child, parentId: step.parentId, reply, before: at }
      : { nodeId: child, parentId: endedId, reply: null, before: at },
  );
}

function isUser(node: GptNode | undefined): boolean {
  return node?.message?.author.role === "user" && !isHidden(node.message);
}

/** The reply with one more of its messages. */
function goneOn(reply: GrowingReply | null, message: GptMessage, at: Date): GrowingReply | null {
  const tookMs = thinkingTookMs(message);
  if (tookMs === null) return grown(reply, partsOfMessage(message));
  const endedAt = at.getTime();
  return timed(reply, { startedAt: Math.round(endedAt - tookMs), endedAt });
}
