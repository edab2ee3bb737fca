import { attachmentIdOf, type FilePart } from "#lib/chat/attachments/file-part.ts";
import type { ChatOptions } from "#lib/chat/default-options.ts";
import type { ChatApi } from "./chat-api.ts";
import type { ChatMessage } from "./chat-message.ts";
import type { Started } from "./chat-schemas.ts";
import { type ChatState, withMessage, withReply, withRunning } from "./chat-state.ts";
import { newId } from "./new-id.ts";

/** An act that begins a reply: what it shows at once and the call that confirms it. It can be tried again, same ids. */
export interface Start {
  replyId: string;
  /** The person's message, when the start sends one. */
  messageId: string | null;
  apply(state: ChatState): ChatState;
  call(): Promise<Started>;
}

/** What a person says: text, files, or both. */
export interface MessageContent {
  text: string;
  files: readonly FilePart[];
}

/** The ids of a message and of the reply to it: with the same ids, a message is sent once however often it is tried. */
export interface MessageIds {
  id: string;
  replyId: string;
}

export interface SendOptions {
  parentId: string | null;
  /** For the chat that the message makes; undefined when there is one. */
  options: () => ChatOptions | undefined;
  ids?: MessageIds | undefined;
}

/** A message of the person below `parentId`. */
export function startSend(
  api: ChatApi,
  chatId: string,
  { text, files }: MessageContent,
  { parentId, options, ids = { id: newId("msg"), replyId: newId("msg") } }: SendOptions,
): Start {
  const said = text.trim() === "" ? "" : text;
  const fileIds = files.flatMap((file) => attachmentIdOf(file) ?? []);
  const message = { id: ids.id, text: said, fileIds, parentId, assistantMessageId: ids.replyId };
  const shown: ChatMessage = {
    id: message.id,
    parentId,
    role: "user",
    parts: [...files, ...(said === "" ? [] : [{ type: "text" as const, text }])],
    metadata: {},
    createdAt: new Date(),
  };
  return {
    messageId: message.id,
    replyId: message.assistantMessageId,
    apply: (state) => withReply(withMessage(state, shown), message.assistantMessageId, message.id),
    call: () => api.send(chatId, { ...message, options: options() }),
  };
}

/** Another version of a reply, beside the one there is. */
export function startRegenerate(api: ChatApi, chatId: string, reply: ChatMessage): Start {
  const replyId = newId("msg");
  return {
    messageId: null,
    replyId,
    apply: (state) => withReply(state, replyId, reply.parentId),
    call: () => api.regenerate(chatId, reply.id, replyId),
  };
}

/** More of a reply that ended early. */
export function startContinue(api: ChatApi, chatId: string, reply: ChatMessage): Start {
  return {
    messageId: null,
    replyId: reply.id,
    apply: (state) => withRunning(state, reply.id),
    call: () => api.continueMessage(chatId, reply.id),
  };
}
