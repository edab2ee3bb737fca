import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { defaultModelId, getModel, getUpstreamName } from "#lib/models/catalog.ts";
import type { Config } from "#lib/ops/config.ts";
import type { UpstreamSettings } from "#lib/ops/upstream-settings.ts";
import { createImageFetcher, publicInternet } from "../images/fetch-image.ts";
import { createImageInliner, withInlineImages } from "../images/inline-images.ts";
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

/** The configured upstreams; else a local Ollama that has the model; else the offline stand-in. */
export async function selectUpstreams(
  { configured, timeouts }: Pick<Config["upstreams"], "configured" | "timeouts">,
  fetchJson: (url: string) => Promise<unknown> = fetchWithin,
): Promise<SelectedUpstreams> {
  const inline = createImageInliner(createImageFetcher(publicInternet));
  if (configured.length > 0) {
    const reason = `configured: ${configured.map(({ baseUrl }) => baseUrl).join(", ")}`;
    return served(
      configured.map((settings) => {
        const upstream = createConfigured(settings);
        return needsImageBytes(settings) ? withInlineImages(upstream, inline) : upstream;
      }),
      reason,
    );
  }
  const ollamaModel = await findOllamaModel(fetchJson);
  if (ollamaModel !== null) {
    const ollama = createHttpUpstream({
      name: "ollama",
      baseUrl: `${ollamaUrl}/v1`,
      apiKey: null,
      modelName: ollamaModel,
      timeouts,
    });
    return served([withInlineImages(ollama, inline)], `a local Ollama has ${ollamaModel}`);
  }
  const offline = createOfflineUpstream({
    now: Date.now,
    delay: (ms, signal) => delay(ms, undefined, { signal }),
  });
  const upstreams = [withInlineImages(offline, inline)];
  return { upstreams, reason: "no upstream is configured", close: () => Promise.resolve() };
}

function served(upstreams: readonly HttpUpstream[], reason: string): SelectedUpstreams {
  const close = async () => {
    await Promise.all(upstreams.map((upstream) => upstream.close()));
  };
  return { upstreams, reason, close };
}

function createConfigured({ name, baseUrl, apiKey, model, timeouts }: UpstreamSettings): HttpUpstream {
  const entry = getModel(defaultModelId);
  const knownName = entry && getUpstreamName(entry, baseUrl);
  return createHttpUpstream({
    name: name ?? (knownName ? publicHostName(baseUrl) : "upstream"),
    baseUrl,
    apiKey,
    modelName: model ?? knownName ?? defaultModelId.slice(defaultModelId.indexOf("/") + 1),
    timeouts,
  });
}

// Moonshot refuses addresses: its API reads data URIs and files of its own store only.
const hostsThatFetchNothing = ["moonshot.ai", "moonshot.cn"];

function needsImageBytes({ baseUrl, inlineImages }: UpstreamSettings): boolean {
  const { hostname } = new URL(baseUrl);
  return (
    inlineImages ?? hostsThatFetchNothing.some((host) => hostname === host || hostname.endsWith(`.${host}`))
  );
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
