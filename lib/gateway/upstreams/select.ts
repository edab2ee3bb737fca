import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { defaultModelId, getModel, getUpstreamName } from "#lib/models/catalog.ts";
import type { Config } from "#lib/ops/config.ts";
import { createHttpUpstream, type HttpUpstream } from "./http.ts";
import { createOfflineUpstream } from "./offline/offline-upstream.ts";
import type { Upstream } from "./upstream.ts";

export interface SelectedUpstreams {
  /** In the order they are tried; never empty. */
  upstreams: readonly Upstream[];
  /** How the choice was made, for the log. */
  reason: string;
  close(): Promise<void>;
}

const ollamaUrl = "http://127.0.0.1:11434";
const ollamaPatienceMs = 300;

const ollamaModelsSchema = z.looseObject({ models: z.array(z.looseObject({ name: z.string() })) });

/** The configured upstream; else a local Ollama that has the model; else the offline stand-in. */
export async function selectUpstreams(
  config: Pick<Config, "upstream">,
  fetchJson: (url: string) => Promise<unknown> = fetchWithin,
): Promise<SelectedUpstreams> {
  if (config.upstream) {
    return served(
      createConfigured(config.upstream),
      `UPSTREAM_BASE_URL is set to ${config.upstream.baseUrl}`,
    );
  }
  const ollamaModel = await findOllamaModel(fetchJson);
  if (ollamaModel !== null) {
    const ollama = createHttpUpstream({
      name: "ollama",
      baseUrl: `${ollamaUrl}/v1`,
      apiKey: null,
      modelName: ollamaModel,
    });
    return served(ollama, `a local Ollama has ${ollamaModel}`);
  }
  const offline = createOfflineUpstream({
    now: Date.now,
    delay: (ms, signal) => delay(ms, undefined, { signal }),
  });
  return { upstreams: [offline], reason: "no upstream is configured", close: () => Promise.resolve() };
}

function served(upstream: HttpUpstream, reason: string): SelectedUpstreams {
  return { upstreams: [upstream], reason, close: () => upstream.close() };
}

function createConfigured({ baseUrl, apiKey, model }: NonNullable<Config["upstream"]>): HttpUpstream {
  const entry = getModel(defaultModelId);
  const knownName = entry && getUpstreamName(entry, baseUrl);
  return createHttpUpstream({
    name: knownName ? publicHostName(baseUrl) : "upstream",
    baseUrl,
    apiKey,
    modelName: model ?? knownName ?? defaultModelId.slice(defaultModelId.indexOf("/") + 1),
  });
}

/** `moonshot` for `api.moonshot.ai`. Only public hosts are named to callers: a private one is the operator's own affair. */
function publicHostName(baseUrl: string): string {
  return new URL(baseUrl).hostname.split(".").at(-2) ?? "upstream";
}

async function findOllamaModel(fetchJson: (url: string) => Promise<unknown>): Promise<string | null> {
  try {
    const listed = ollamaModelsSchema.safeParse(await fetchJson(`${ollamaUrl}/api/tags`));
    return listed.data?.models.find(({ name }) => name.toLowerCase().includes("kimi-k2"))?.name ?? null;
  } catch {
    // Nobody listens there, or it is not an Ollama.
    return null;
  }
}

async function fetchWithin(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ollamaPatienceMs) });
  return answer.json();
}
