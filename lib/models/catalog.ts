import { kimiK26 } from "./kimi-k2.6.ts";
import type { Model } from "./model.ts";

const models: readonly Model[] = [kimiK26];

/** The model used where nobody chose one. */
export const defaultModelId = kimiK26.id;

/** Every model this installation serves, in the order of a picker. */
export function listModels(): readonly Model[] {
  return models;
}

/** Looks a model up by the id that clients send, such as `moonshot/kimi-k2.6`. */
export function getModel(id: string): Model | null {
  return models.find((model) => model.id === id) ?? null;
}

/** The name an upstream at `baseUrl` knows the model by; `null` when the host is not a known one. */
export function getUpstreamName(model: Model, baseUrl: string): string | null {
  const url = URL.parse(baseUrl);
  if (url === null) return null;
  const match = model.upstreamNames.find(
    ({ host }) => url.hostname === host || url.hostname.endsWith(`.${host}`),
  );
  return match?.name ?? null;
}
