import { attachmentIdOf, type FilePart } from "#lib/chat/attachments/file-part.ts";
import type { ChatApi, Started } from "./chat-api.ts";
import type { ChatMessage } from "./chat-message.ts";
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

/** A message of the person below `parentId`. */
export function startSend(
  api: ChatApi,
  chatId: string,
  { text, files }: MessageContent,
  parentId: string | null,
): Start {
  const said = text.trim() === "" ? "" : text;
  const fileIds = files.flatMap((file) => attachmentIdOf(file) ?? []);
  const message = { id: newId("msg"), text: said, fileIds, parentId, assistantMessageId: newId("msg") };
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
    call: () => api.send(chatId, message),
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
