import type { ChatOptions } from "#lib/chat/default-options.ts";
import { pathTo } from "#lib/chat/tree.ts";
import type { ChatProblem } from "./chat-api.ts";
import { type ChatMessage, isSameMessage } from "./chat-message.ts";
import type { ChatDetail } from "./chat-schemas.ts";

/**
 * The reply that is being written. There is no `generationId` before the server has confirmed it ("unconfirmed") and
 * after its log has ended, until the stored message is read ("ended").
 */
export interface RunningReply {
  messageId: string;
  generationId: string | null;
  connection: "unconfirmed" | "connecting" | "live" | "lost" | "ended";
  stopping: boolean;
}

/** A send, retry or continuation that the server did not accept. `messageId` is the person's unsent message. */
export interface FailedStart {
  problem: ChatProblem;
  messageId: string | null;
}

export interface ChatState {
  phase: "new" | "loading" | "ready" | "missing" | "failed";
  title: string | null;
  /** What replies are generated with. */
  options: ChatOptions;
  /** When a temporary chat is deleted; null for all others. */
  temporaryUntil: string | null;
  /** The whole tree, oldest first; while `partial`, the newest messages of one branch. */
  messages: readonly ChatMessage[];
  partial: boolean;
  leafId: string | null;
  running: RunningReply | null;
  failedStart: FailedStart | null;
  /** Why the chat could not be loaded. */
  problem: ChatProblem | null;
}

/** What is known before the first answer of the server: a chat not begun, one to be fetched, or one already read. */
export type InitialChat = "new" | "unknown" | ChatDetail;

const empty: Omit<ChatState, "phase" | "options"> = {
  title: null,
  temporaryUntil: null,
  messages: [],
  partial: false,
  leafId: null,
  running: null,
  failedStart: null,
  problem: null,
};

/** `options` are those of a chat whose own are not known. */
export function initialState(initial: InitialChat, options: ChatOptions): ChatState {
  if (initial === "new") return { ...empty, options, phase: "new" };
  if (initial === "unknown") return { ...empty, options, phase: "loading" };
  const { chat, messages, partial = false } = initial;
  const { title, options: own, temporaryUntil = null } = chat;
  return {
    ...empty,
    phase: "ready",
    title,
    options: own,
    temporaryUntil,
    messages,
    partial,
    leafId: leafOf(initial),
  };
}

function leafOf({ activeLeafId, messages }: ChatDetail): string | null {
  const known = activeLeafId !== null && pathTo(messages, activeLeafId).length > 0;
  return known ? activeLeafId : (messages.at(-1)?.id ?? null);
}

/** Puts a message into the tree and shows the branch that ends with it. */
export function withMessage(state: ChatState, message: ChatMessage): ChatState {
  const others = state.messages.filter((candidate) => candidate.id !== message.id);
  return { ...state, messages: [...others, message], leafId: message.id };
}

/** Puts an empty reply into the tree, about to be written. */
export function withReply(state: ChatState, replyId: string, parentId: string | null): ChatState {
  return withMessage(state, {
    id: replyId,
    parentId,
    role: "assistant",
    parts: [],
    metadata: { status: "running" },
    createdAt: new Date(),
  });
}

/** Marks a reply as being written on. */
export function withRunning(state: ChatState, replyId: string): ChatState {
  const messages = state.messages.map((message) =>
    message.id === replyId
      ? { ...message, metadata: { ...message.metadata, status: "running" as const, error: null } }
      : message,
  );
  return { ...state, messages };
}

/** Goes back to the state before a start that was refused; the person's message stays in the thread, marked unsent. */
export function withRefusal(
  state: ChatState,
  before: ChatState,
  messageId: string | null,
  problem: ChatProblem,
): ChatState {
  const unsent = state.messages.find((message) => message.id === messageId);
  const others = before.messages.filter((message) => message.id !== messageId);
  return {
    ...state,
    running: null,
    messages: unsent ? [...others, unsent] : others,
    leafId: unsent ? unsent.id : before.leafId,
    failedStart: { problem, messageId: unsent?.id ?? null },
  };
}

/**
 * Takes over what the server has. The reply `liveId` is watched and so further here than in the answer; a message that did
 * not change keeps its identity, so that it is not drawn again; an unsent message stays last.
 */
export function withDetail(state: ChatState, detail: ChatDetail, liveId: string | null): ChatState {
  const known = new Map(state.messages.map((message) => [message.id, message]));
  const stored = detail.messages.map((message) => {
    const old = known.get(message.id);
    const same = old === message || message.id === liveId;
    return old && (same || isSameMessage(old, message)) ? old : message;
  });
  const unsent = known.get(state.failedStart?.messageId ?? "");
  const lost = unsent && !stored.some((message) => message.id === unsent.id) ? unsent : null;
  return {
    ...state,
    phase: "ready",
    problem: null,
    title: detail.chat.title,
    options: detail.chat.options,
    temporaryUntil: detail.chat.temporaryUntil ?? null,
    messages: lost ? [...stored, lost] : stored,
    partial: detail.partial ?? false,
    leafId: lost ? lost.id : leafOf(detail),
    failedStart: unsent && !lost ? null : state.failedStart,
  };
}

/**
 * The whole chat, of which all was known, with its end as the server has it now. Null when the end does not join on to what is known: the
 * chat has grown elsewhere by more than it.
 */
export function withEnd(known: readonly ChatMessage[], end: ChatDetail): ChatDetail | null {
  if (!end.partial) return end;
  const parentOf = new Map(known.map(({ id, parentId }) => [id, parentId]));
  if (end.messages.some(({ id, parentId }) => parentId === null && !parentOf.has(id))) return null;
  // What an end begins with stands at its root.
  const placed = end.messages.map((message) =>
    message.parentId === null ? { ...message, parentId: parentOf.get(message.id) ?? null } : message,
  );
  const newer = new Map(placed.map((message) => [message.id, message]));
  const messages = [
    ...known.map((message) => newer.get(message.id) ?? message),
    ...placed.filter(({ id }) => !parentOf.has(id)),
  ];
  return { ...end, messages, partial: false };
}

/** Gives up what was refused: an unsent message leaves the thread and is handed back. */
export function withoutFailedStart(state: ChatState): { state: ChatState; unsent: ChatMessage | null } {
  const unsent = state.messages.find((message) => message.id === state.failedStart?.messageId) ?? null;
  const messages = state.messages.filter((message) => message !== unsent);
  const leafId = unsent ? unsent.parentId : state.leafId;
  const phase = messages.length === 0 ? "new" : state.phase;
  return { state: { ...state, failedStart: null, messages, leafId, phase }, unsent };
}

/** The chat could not be read: it is not there, or what is shown stays. */
export function withUnread(state: ChatState, problem: ChatProblem): ChatState {
  if (problem.details.status === 404) return { ...state, phase: "missing", problem };
  const nothingShown = state.phase === "loading" || state.phase === "failed";
  return nothingShown ? { ...state, phase: "failed", problem } : state;
}
