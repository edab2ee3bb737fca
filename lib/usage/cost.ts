import type { ModelPrices } from "#lib/models/model.ts";

/** Tokens of one call. `promptTokens` includes the cached ones, `completionTokens` the reasoning ones. */
export interface TokenCounts {
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
}

export const noTokens: TokenCounts = {
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  reasoningTokens: 0,
};

/** What a call costs, line by line, in nano-USD; `totalNanoUsd` is the sum of the others. */
export interface CostLines {
  inputNanoUsd: bigint;
  cachedInputNanoUsd: bigint;
  outputNanoUsd: bigint;
  totalNanoUsd: bigint;
}

/** The cost of a call as the lines of its receipt: uncached input, cached input, output. */
export function costLinesOf(usage: Omit<TokenCounts, "reasoningTokens">, prices: ModelPrices): CostLines {
  const inputNanoUsd = BigInt(usage.promptTokens - usage.cachedTokens) * BigInt(prices.inputNanoUsd);
  const cachedInputNanoUsd = BigInt(usage.cachedTokens) * BigInt(prices.cachedInputNanoUsd);
  const outputNanoUsd = BigInt(usage.completionTokens) * BigInt(prices.outputNanoUsd);
  return {
    inputNanoUsd,
    cachedInputNanoUsd,
    outputNanoUsd,
    totalNanoUsd: inputNanoUsd + cachedInputNanoUsd + outputNanoUsd,
  };
}

/** What a call costs, in nano-USD: `(prompt − cached) · input + cached · cachedInput + completion · output`. */
export function costOf(usage: Omit<TokenCounts, "reasoningTokens">, prices: ModelPrices): bigint {
  return costLinesOf(usage, prices).totalNanoUsd;
}
