import { countTokens } from "#lib/models/tokenizer.ts";
import type { ChatAccumulation } from "#lib/wire/chat-accumulator.ts";
import type { ChatMessage, ChatRequest } from "#lib/wire/chat-completions.ts";
import type { TokenUsage } from "#lib/wire/token-usage.ts";

type Produced = Pick<ChatAccumulation, "content" | "reasoning" | "toolCalls">;

const tokensPerMessage = 4;
const tokensPerImage = 1024;
// Counting runs on the thread that serves everybody, so of a long prompt only a sample is counted.
const maxCountedCharacters = 64 * 1024;

/**
 * Usage counted here, for calls whose upstream did not live to report it: the prompt, what was produced, nothing cached.
 * Prompts beyond 64 Ki characters are extrapolated from their first 64 Ki.
 */
export function estimateUsage(request: ChatRequest, produced: Produced): TokenUsage {
  const reasoningTokens = countTokens(produced.reasoning);
  const calls = produced.toolCalls.map((call) => call.name + call.arguments).join("\n");
  return {
    promptTokens: estimatePrompt(request),
    cachedTokens: 0,
    completionTokens: reasoningTokens + countTokens(produced.content) + countTokens(calls),
    reasoningTokens,
  };
}

/** Whether anything a caller would pay for came out. */
export function hasProduced({ content, reasoning, toolCalls }: Produced): boolean {
  return content !== "" || reasoning !== "" || toolCalls.length > 0;
}

function estimatePrompt(request: ChatRequest): number {
  const text = promptTexts(request).join("\n");
  const sample = text.slice(0, maxCountedCharacters);
  const counted = countTokens(sample);
  const textTokens =
    text.length > sample.length ? Math.round((counted * text.length) / sample.length) : counted;
  return textTokens + countImages(request) * tokensPerImage + request.messages.length * tokensPerMessage;
}

/** The most tokens a prompt of this size can reasonably have, found without counting: what budgets hold back for it. */
export function boundPromptTokens(request: ChatRequest): number {
  const textTokens = Math.ceil(characters(promptTexts(request)) / 2);
  return textTokens + countImages(request) * 4 * tokensPerImage + request.messages.length * tokensPerMessage;
}

// Of words and code a token holds some four characters and never nears this on average.
const maxCharactersPerToken = 8;

/** Whether a prompt cannot fit into the context whatever its text is; near misses are the upstream's to judge. */
export function isClearlyAbove(request: ChatRequest, contextTokens: number): boolean {
  const most = contextTokens * maxCharactersPerToken;
  const texts = promptTexts(request);
  return characters(texts) > most && characters(texts.map((text) => text.replace(/\s+/g, " "))) > most;
}

function characters(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function countImages({ messages }: ChatRequest): number {
  let images = 0;
  for (const { content } of messages) {
    if (Array.isArray(content)) images += content.filter((part) => part.type === "image_url").length;
  }
  return images;
}

function promptTexts({ tools, messages }: ChatRequest): string[] {
  return [...(tools?.length ? [JSON.stringify(tools)] : []), ...messages.flatMap(messageTexts)];
}

function messageTexts({ content, reasoning_content, tool_calls }: ChatMessage): string[] {
  const parts = Array.isArray(content)
    ? content.flatMap((part) => part.text ?? [])
    : content
      ? [content]
      : [];
  const calls = (tool_calls ?? []).map((call) => call.function.name + call.function.arguments);
  return [...parts, ...(reasoning_content ? [reasoning_content] : []), ...calls];
}
