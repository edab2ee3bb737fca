import { exchangeShown, followUpInstructions } from "#lib/chat/follow-ups.ts";
import type { ModelPrices } from "#lib/models/model.ts";
import { aboutTokens } from "../chat-cost.ts";

/** Three short lines. */
const writtenTokens = 60;

/** About what it costs to ask for follow-ups. */
export function aboutFollowUpsNanoUsd(question: string, answer: string, prices: ModelPrices): bigint {
  const read = aboutTokens(followUpInstructions) + aboutTokens(exchangeShown(question, answer));
  return BigInt(read) * BigInt(prices.inputNanoUsd) + BigInt(writtenTokens) * BigInt(prices.outputNanoUsd);
}
