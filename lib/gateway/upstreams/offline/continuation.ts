import type { ChatMessage, ChatRequest } from "#lib/wire/chat-completions.ts";
import { messageText } from "./message-text.ts";

export interface Continuation {
  /** The conversation as it was when the answer began. */
  request: ChatRequest;
  /** What was answered until it broke off. */
  given: string;
}

const asksToGoOn = /^\s*(?:(?:please|just)\s+)?(?:continue|go on|keep going|carry on|请?继续)[\s\p{P}]*$/iu;

/**
 * An answer to be gone on with: the last message is an assistant's (as in Moonshot's partial mode, where the reply does not
 * repeat it), or a person's "continue" after one. Null when neither.
 */
export function readContinuation(request: ChatRequest): Continuation | null {
  const messages = [...request.messages];
  let given = "";
  if (isText(messages.at(-1))) given = takeText(messages);
  for (;;) {
    const last = messages.at(-1);
    if (last?.role !== "user" || !asksToGoOn.test(messageText(last).slice(0, 40)) || !isText(messages.at(-2)))
      break;
    messages.pop();
    given = takeText(messages) + given;
  }
  return given === "" ? null : { request: { ...request, messages }, given };
}

function isText(message: ChatMessage | undefined): boolean {
  return message?.role === "assistant" && !message.tool_calls?.length;
}

function takeText(messages: ChatMessage[]): string {
  const message = messages.pop();
  return message === undefined ? "" : messageText(message);
}
