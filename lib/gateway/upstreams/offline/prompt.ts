import { createHash } from "node:crypto";
import type { ChatMessage, ChatRequest } from "#lib/wire/chat-completions.ts";
import type { ImageFacts } from "./images.ts";
import { messageImageUrls, messageText } from "./message-text.ts";

export type Language = "en" | "zh";

export interface ToolResult {
  name: string;
  content: string;
}

/** What the stand-in takes from a conversation. */
export interface Prompt {
  /** The person's last message. */
  text: string;
  /**
   * The text, or the beginning and the end of a long one, where a request stands. Rules look at this: some of their patterns
   * take quadratic time.
   */
  ask: string;
  language: Language;
  system: string;
  /** The person's messages before the last, oldest first. */
  earlier: readonly string[];
  /** Of the last message. */
  images: readonly ImageFacts[];
  /** Given since the model last spoke, in order. */
  toolResults: readonly ToolResult[];
  nowMs: number;
  /** Equal for equal conversations. */
  seed: number;
}

export interface Surroundings {
  images: ReadonlyMap<string, ImageFacts>;
  nowMs: number;
}

export function readPrompt({ messages }: ChatRequest, { images, nowMs }: Surroundings): Prompt {
  const said = messages.filter((message) => message.role === "user");
  const last = said.at(-1);
  const text = last === undefined ? "" : messageText(last).trim();
  const ask = endsOf(text.replace(attachedFiles, "").trim() || text);
  return {
    text,
    ask,
    language: languageOf(ask),
    system: messages
      .filter(({ role }) => role === "system" || role === "developer")
      .map(messageText)
      .join("\n")
      .trim()
      .slice(0, 2 * maxEnd),
    earlier: said.slice(0, -1).map((message) => messageText(message).trim()),
    images: (last === undefined ? [] : messageImageUrls(last)).flatMap((url) => images.get(url) ?? []),
    toolResults: readToolResults(messages),
    nowMs,
    seed: createHash("sha256").update(said.map(messageText).join("\u0000")).digest().readUInt32BE(),
  };
}

const maxEnd = 1500;

/** As the chat shows the text of files to a model. What is asked stands beside them. */
const attachedFiles = /<file [^>]*>\n[\s\S]*?\n<\/file>/g;

function endsOf(text: string): string {
  return text.length <= 2 * maxEnd ? text : `${text.slice(0, maxEnd)}\n${text.slice(-maxEnd)}`.toWellFormed();
}

/** Chinese when there are more Han characters than Latin words, and no kana. */
export function languageOf(text: string): Language {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  return han > words && !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? "zh" : "en";
}

function readToolResults(messages: readonly ChatMessage[]): ToolResult[] {
  const lastSpoken = messages.findLastIndex(({ role }) => role !== "tool");
  const names = new Map(
    messages.flatMap(({ tool_calls }) => (tool_calls ?? []).map((call) => [call.id, call.function.name])),
  );
  return messages.slice(lastSpoken + 1).map((message) => ({
    name: names.get(message.tool_call_id ?? "") ?? message.name ?? "tool",
    content: messageText(message),
  }));
}
