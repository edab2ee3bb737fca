import type { Model, ModelPrices } from "#lib/models/model.ts";

/** A model as `GET /v1/models` shows it: OpenAI's four fields, and what a client needs to choose. Prices are nano-USD a token. */
export function toModelListing(model: Model, prices: ModelPrices) {
  return {
    id: model.id,
    object: "model",
    created: model.created,
    owned_by: model.ownedBy,
    name: model.name,
    description: model.description,
    context_length: model.contextTokens,
    max_output_tokens: model.maxOutputTokens,
    input_modalities: model.inputModalities,
    output_modalities: ["text"],
    capabilities: {
      streaming: model.capabilities.streaming,
      tools: model.capabilities.tools,
      json_mode: model.capabilities.jsonMode,
      reasoning: model.capabilities.reasoning,
      vision: model.capabilities.vision,
    },
    pricing_nano_usd: {
      input: prices.inputNanoUsd,
      cached_input: prices.cachedInputNanoUsd,
      output: prices.outputNanoUsd,
    },
  };
}
