import { createHash } from "node:crypto";
import { countTokens } from "#lib/models/tokenizer.ts";
import type { ChatMessage, ChatRequest } from "#lib/wire/chat-completions.ts";
import { messageImageUrls, messageText } from "./message-text.ts";

/** The prompt up to and including one message. */
export interface PromptPrefix {
  /** Identifies the prefix: equal for equal tools and messages. */
  hash: string;
  tokens: number;
}

// Kimi's template puts a message between three markers and names its role.
const tokensPerMessage = 4;
// The markers that open the reply.
const tokensForReply = 3;
const tokensOfUnknownImage = 1024;
const imageTilePixels = 14;

/** Tokens of an image: one for each whole tile of 14 × 14 pixels. */
export function imageTokens(size: { width: number; height: number } | null): number {
  if (size === null) return tokensOfUnknownImage;
  const tiles = (pixels: number) => Math.max(1, Math.floor(pixels / imageTilePixels));
  return tiles(size.width) * tiles(size.height);
}

/**
 * Counts a prompt: the tools as JSON, then for each message its role, its text, its reasoning, its tool calls (name and
 * arguments) and its images by size, with four tokens of markup a message and three for the reply.
 * Gives one prefix for each message; the last is the whole prompt. Stops early, above `contextTokens`.
 */
export function countPrompt(
  request: ChatRequest,
  sizeOf: (imageUrl: string) => { width: number; height: number } | null,
  contextTokens: number,
): PromptPrefix[] {
  const hash = createHash("sha256").update(cacheScope(request));
  const tools = request.tools?.length ? JSON.stringify(request.tools) : "";
  hash.update(tools);
  let tokens = tokensForReply + (tools === "" ? 0 : countTokens(tools, contextTokens) + tokensPerMessage);
  const prefixes: PromptPrefix[] = [];
  for (const message of request.messages) {
    const text = serialise(message);
    const images = messageImageUrls(message);
    hash.update(`\u0000${text}`);
    for (const url of images) hash.update(`\u0001${url}`);
    tokens += tokensPerMessage + countTokens(text, contextTokens);
    for (const url of images) tokens += imageTokens(sizeOf(url));
    prefixes.push({ hash: hash.copy().digest("base64"), tokens });
    if (tokens > contextTokens) break;
  }
  return prefixes;
}

function serialise(message: ChatMessage): string {
  const calls = (message.tool_calls ?? []).map((call) => `${call.function.name}${call.function.arguments}`);
  return [message.role, message.reasoning_content ?? "", messageText(message), ...calls]
    .filter((part) => part !== "")
    .join("\n");
}

// Two callers who name themselves apart do not learn from the count what the other sent.
function cacheScope({ prompt_cache_key, user }: ChatRequest): string {
  return JSON.stringify([prompt_cache_key ?? null, user ?? null]);
}
