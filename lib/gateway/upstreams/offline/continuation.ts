import type { ChatMessage, ChatRequest } from "#lib/wire/chat-completions.ts";
import { messageText } from "./message-text.ts";

export interface Continuation {
  /** The conversation as it was when the answer began. */
  request: ChatRequest;
  /** What was answered until it broke off. */
  given: string;
}

const asksToGoOn = /^\s*(?:(?:please|just)\s+)?(?:continue|go on|keep going|carry on|请?继续)[\s\p{P}]*$/iu;
/** How programs ask for it: "… was cut off. Continue it from exactly where it stopped …". */
const asksToResume = /\bcontinue (?:it )?(?:from )?(?:exactly )?where (?:it|you) (?:stopped|left off)\b/i;
/** How programs ask for an answer that broke off before its first word, in the person's place. */
const asksToAnswerNow = /^Your previous answer was cut off (?:before|while)\b.*\bnow\b/s;
const requestLength = 400;

/**
 * An answer to be gone on with: the last message is an assistant's (as in Moonshot's partial mode, where the reply does not
 * repeat it), or a person's "continue" after one. Null when neither.
 */
export function readContinuation(request: ChatRequest): Continuation | null {
  const messages = [...request.messages];
  if (isUnanswered(messages)) messages.pop();
  let given = "";
  if (isText(messages.at(-1))) given = takeText(messages);
  for (;;) {
    const last = messages.at(-1);
    if (last?.role !== "user" || !goesOn(messageText(last)) || !isText(messages.at(-2))) break;
    messages.pop();
    given = takeText(messages) + given;
  }
  const same = messages.length === request.messages.length;
  return same ? null : { request: { ...request, messages }, given };
}

function goesOn(text: string): boolean {
  return asksToGoOn.test(text.slice(0, 40)) || asksToResume.test(text.slice(0, requestLength));
}

function isUnanswered(messages: readonly ChatMessage[]): boolean {
  const last = messages.at(-1);
  const before = messages.at(-2);
  return (
    last?.role === "user" &&
    before?.role === "user" &&
    asksToAnswerNow.test(messageText(last).slice(0, requestLength))
  );
}

function isText(message: ChatMessage | undefined): boolean {
  return message?.role === "assistant" && !message.tool_calls?.length;
}

function takeText(messages: ChatMessage[]): string {
  const message = messages.pop();
  return message === undefined ? "" : messageText(message);
}
