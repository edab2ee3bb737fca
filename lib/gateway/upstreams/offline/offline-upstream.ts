import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import type { Model } from "#lib/models/model.ts";
import { type ChatRequest, parseChatRequest } from "#lib/wire/chat-completions.ts";
import { ApiError, errorBody } from "#lib/wire/errors.ts";
import { formatEvent } from "#lib/wire/sse.ts";
import type { Upstream, UpstreamAnswer, UpstreamCall } from "../upstream.ts";
import { completion, type PromptCount, streamChunks, type TimedChunk, usageOf } from "./chunks.ts";
import { composeTurn } from "./compose-turn.ts";
import { type ImageFacts, inspectImages } from "./images.ts";
import { limitTurn } from "./limit-turn.ts";
import { createPrefixCache, type PrefixCache } from "./prefix-cache.ts";
import { countPrompt } from "./prompt-tokens.ts";
import { jsonAnswer, playScenario, type Scenario } from "./scenarios.ts";

export interface OfflineOptions {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Resolves after `ms`; may reject when the signal aborts. */
  delay: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** For tests: how this upstream misbehaves, or a choice for each call, counted from 0. */
  scenario?: Scenario | ((callNumber: number) => Scenario | null);
  /** Pace of a streamed answer; 60, a readable one, when absent. */
  tokensPerSecond?: number;
}

interface Pace {
  firstTokenMs: number;
  tokensPerSecond: number;
}

const defaultPace: Pace = { firstTokenMs: 150, tokensPerSecond: 60 };
const encoder = new TextEncoder();

/**
 * The stand-in that serves when no upstream is configured: it speaks the whole protocol and says what it is.
 * The same conversation at the same time gets the same answer. Unstreamed answers come after the first-token delay.
 * A body that breaks off because its signal aborted throws the signal's reason.
 */
export function createOfflineUpstream(options: OfflineOptions): Upstream {
  const cache = createPrefixCache();
  let calls = 0;

  return {
    name: "offline",
    async send(call) {
      const { scenario } = options;
      const played = (typeof scenario === "function" ? scenario(calls++) : scenario) ?? null;
      call.signal.throwIfAborted();
      const answer = () => answerCall(call, options, cache, played);
      return played === null ? answer() : playScenario(played, call, answer);
    },
  };
}

async function answerCall(
  call: UpstreamCall,
  options: OfflineOptions,
  cache: PrefixCache,
  scenario: Scenario | null,
): Promise<UpstreamAnswer> {
  try {
    const request = parseChatRequest(call.body);
    const nowMs = options.now();
    const images = await inspectImages(request.messages, call.signal);
    const model = getModel(request.model) ?? getModel(defaultModelId);
    if (model === null) throw new Error(`The catalog lacks its default model ${defaultModelId}.`);
    const { promptTokens, cachedTokens, maxTokens } = admit(request, model, images, cache, nowMs);
    const turn = limitTurn(composeTurn(request, { images, nowMs }), {
      maxTokens,
      stop: stopSequences(request),
    });
    const usage = scenario?.kind === "no-usage" ? null : usageOf({ promptTokens, cachedTokens }, turn);
    const head = { requestId: call.requestId, model: request.model, createdS: Math.floor(nowMs / 1000) };
    const pace = paceOf(options, scenario);
    if (call.stream) {
      const chunks = streamChunks(head, turn, request.stream_options?.include_usage === true ? usage : null);
      return {
        status: 200,
        headers: { "content-type": "text/event-stream" },
        body: paced(chunks, call, options, pace),
      };
    }
    await wait(pace.firstTokenMs, call, options);
    return jsonAnswer(200, completion(head, turn, usage));
  } catch (error) {
    if (error instanceof ApiError) return jsonAnswer(400, errorBody(error));
    throw error;
  }
}

function admit(
  request: ChatRequest,
  model: Model,
  images: ReadonlyMap<string, ImageFacts>,
  cache: PrefixCache,
  nowMs: number,
): PromptCount & { maxTokens: number } {
  const sizeOf = (url: string) => {
    const facts = images.get(url);
    return facts?.kind === "decoded" ? facts : null;
  };
  const prefixes = countPrompt(request, sizeOf, model.contextTokens);
  const promptTokens = prefixes.at(-1)?.tokens ?? 0;
  const asked = request.max_completion_tokens ?? request.max_tokens ?? null;
  const output = Math.min(asked ?? 1, model.maxOutputTokens);
  if (promptTokens + output > model.contextTokens) {
    // Moonshot's words; clients that compact their history look for them.
    throw new ApiError(
      "context_length_exceeded",
      `Your request exceeded model token limit: ${model.contextTokens}`,
      { param: "messages" },
    );
  }
  const maxTokens = Math.min(
    asked ?? model.maxOutputTokens,
    model.maxOutputTokens,
    model.contextTokens - promptTokens,
  );
  return { promptTokens, cachedTokens: cache.read(prefixes, nowMs), maxTokens };
}

function stopSequences({ stop }: ChatRequest): string[] {
  if (stop === null || stop === undefined) return [];
  return typeof stop === "string" ? [stop] : stop;
}

function paceOf({ tokensPerSecond }: OfflineOptions, scenario: Scenario | null): Pace {
  const configured = tokensPerSecond === undefined ? defaultPace : { ...defaultPace, tokensPerSecond };
  if (scenario?.kind !== "slow") return configured;
  return {
    firstTokenMs: scenario.firstTokenMs ?? configured.firstTokenMs,
    tokensPerSecond: scenario.tokensPerSecond ?? configured.tokensPerSecond,
  };
}

async function* paced(
  chunks: Iterable<TimedChunk>,
  call: UpstreamCall,
  options: OfflineOptions,
  { firstTokenMs, tokensPerSecond }: Pace,
): AsyncGenerator<Uint8Array> {
  let dueMs = options.now() + firstTokenMs;
  for (const { payload, tokens } of chunks) {
    await wait(dueMs - options.now(), call, options);
    yield encoder.encode(formatEvent({ data: JSON.stringify(payload) }));
    dueMs += (tokens * 1000) / tokensPerSecond;
  }
  yield encoder.encode(formatEvent({ data: "[DONE]" }));
}

async function wait(ms: number, { signal }: UpstreamCall, { delay }: OfflineOptions): Promise<void> {
  signal.throwIfAborted();
  if (ms > 0) await delay(ms, signal);
  signal.throwIfAborted();
}
