import type { FileUIPart } from "ai";
import { detailsOf } from "#lib/chat/attachments/file-part.ts";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import type { ModelPrices } from "#lib/models/model.ts";
import type { ChatMessage } from "./chat-message.ts";

export interface ChatTotal {
  costNanoUsd: bigint;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  /** Replies with a receipt. */
  replies: number;
}

/** What a chat has taken so far, all versions of its replies and their suggested follow-ups together; null before the first receipt. */
export function totalOf(messages: readonly ChatMessage[]): ChatTotal | null {
  const total: ChatTotal = {
    costNanoUsd: 0n,
    promptTokens: 0,
    cachedTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    replies: 0,
  };
  for (const { metadata } of messages) {
    total.costNanoUsd += BigInt(metadata.followUps?.costNanoUsd ?? "0");
    if (!metadata.usage) continue;
    total.replies += 1;
    total.costNanoUsd += BigInt(metadata.costNanoUsd ?? "0");
    total.promptTokens += metadata.usage.promptTokens;
    total.cachedTokens += metadata.usage.cachedTokens;
    total.completionTokens += metadata.usage.completionTokens;
    total.reasoningTokens += metadata.usage.reasoningTokens;
  }
  return total.replies === 0 ? null : total;
}

/** How many tokens the next request of this branch begins with; 0 when no reply of it has told. */
export function contextTokensOf(path: readonly ChatMessage[]): number {
  const told = path.findLast(({ metadata }) => contextOf(metadata) !== null);
  return told ? (contextOf(told.metadata) ?? 0) : 0;
}

function contextOf({ contextTokens, usage, requestIds }: ChatMessage["metadata"]): number | null {
  if (contextTokens !== undefined) return contextTokens;
  // Replies of older versions have sums only, which are the same where there was one request.
  return usage && requestIds?.length === 1 ? usage.promptTokens + usage.completionTokens : null;
}

const wide = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g;

/** About how many tokens a text is: four characters to a token, of Chinese, Japanese and Korean one and a half. */
export function aboutTokens(text: string): number {
  const wideCount = text.match(wide)?.length ?? 0;
  return Math.ceil(wideCount / 1.5 + (text.length - wideCount) / 4);
}

const tilePx = 14;
/** The name and the marks around a file's text. */
const framingTokens = 20;

/** About how many tokens a file is that is sent: a picture's whole tiles of 14 pixels, the text of all others. */
export function aboutFileTokens(file: FileUIPart): number {
  const { width, height, chars } = detailsOf(file);
  if (width !== undefined && height !== undefined) {
    const tiles = (pixels: number) => Math.max(1, Math.floor(pixels / tilePx));
    return tiles(width) * tiles(height);
  }
  return Math.ceil((chars ?? 0) / 4) + framingTokens;
}

export interface NextPrice {
  /** Nano-USD for reading the chat and the new message when what was read before is still cached, and when it is not. */
  cachedNanoUsd: bigint;
  uncachedNanoUsd: bigint;
  /** Nano-USD for each thousand tokens of the answer, thinking included. */
  thousandOutNanoUsd: bigint;
  limitTokens: number;
}

/** What sending costs before a token of the answer is written; by the catalog's prices where others are not known. */
export function nextPrice(
  contextTokens: number,
  draftTokens: number,
  prices: ModelPrices | null = null,
): NextPrice | null {
  const model = getModel(defaultModelId);
  if (!model) return null;
  const { inputNanoUsd, cachedInputNanoUsd, outputNanoUsd } = prices ?? model.prices;
  const fresh = BigInt(draftTokens) * BigInt(inputNanoUsd);
  return {
    cachedNanoUsd: BigInt(contextTokens) * BigInt(cachedInputNanoUsd) + fresh,
    uncachedNanoUsd: BigInt(contextTokens) * BigInt(inputNanoUsd) + fresh,
    thousandOutNanoUsd: BigInt(outputNanoUsd) * 1_000n,
    limitTokens: model.contextTokens,
  };
}
