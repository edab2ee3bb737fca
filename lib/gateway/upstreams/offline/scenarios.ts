import type { UpstreamAnswer, UpstreamCall } from "../upstream.ts";

/**
 * Ways in which an upstream fails or drags. `afterEvents` counts the events let through before it happens; an answer that
 * is not streamed is let through by half instead.
 */
export type Scenario =
  | { kind: "slow"; firstTokenMs?: number; tokensPerSecond?: number }
  /** `send` rejects as `fetch` does when nobody listens. */
  | { kind: "unreachable" }
  /** Not even a status comes. */
  | { kind: "stall-before-first-byte" }
  /** Status and headers come, then nothing. */
  | { kind: "stall-after-headers" }
  | { kind: "stall-mid-stream"; afterEvents: number }
  | { kind: "error-status"; status: number; headers?: Record<string, string>; body?: unknown }
  /** An error event, then the end without `[DONE]`. */
  | { kind: "error-mid-stream"; afterEvents: number; error?: object }
  /** The stream ends in good order, but without `[DONE]`. */
  | { kind: "cut"; afterEvents: number }
  /** The connection breaks: the body throws. */
  | { kind: "reset"; afterEvents: number }
  | { kind: "html"; status?: number }
  /** Status 200 and no byte. */
  | { kind: "empty" }
  /** A broken event among good ones; half an answer when not streamed. */
  | { kind: "bad-json"; afterEvents: number }
  | { kind: "no-usage" }
  /** These bytes, cut into chunks of `chunkBytes` (whole when absent). */
  | {
      kind: "replay";
      bytes: Uint8Array;
      chunkBytes?: number;
      status?: number;
      headers?: Record<string, string>;
    };

const encoder = new TextEncoder();
const overloaded = { message: "The engine is currently overloaded", type: "engine_overloaded_error" };

/** Answers a call as the scenario says; `answer` makes the regular answer where one is needed. */
export async function playScenario(
  scenario: Scenario,
  call: UpstreamCall,
  answer: () => Promise<UpstreamAnswer>,
): Promise<UpstreamAnswer> {
  switch (scenario.kind) {
    case "slow":
    case "no-usage":
      return answer();
    case "unreachable":
      throw new TypeError("fetch failed", {
        cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
      });
    case "stall-before-first-byte":
      return untilAborted(call.signal);
    case "error-status":
      return jsonAnswer(scenario.status, scenario.body ?? { error: overloaded }, scenario.headers);
    case "html":
      return whole(
        scenario.status ?? 502,
        { "content-type": "text/html" },
        "<html><body>Bad gateway</body></html>",
      );
    case "replay":
      return replay(scenario);
    default: {
      const regular = await answer();
      return { ...regular, body: disturb(scenario, call, regular.body) };
    }
  }
}

/** A JSON answer of one chunk. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): UpstreamAnswer {
  return whole(status, { "content-type": "application/json", ...headers }, JSON.stringify(body));
}

function whole(status: number, headers: Record<string, string>, text: string): UpstreamAnswer {
  return { status, headers, body: chunked(encoder.encode(text)) };
}

function replay({
  bytes,
  chunkBytes,
  status,
  headers,
}: Extract<Scenario, { kind: "replay" }>): UpstreamAnswer {
  return {
    status: status ?? 200,
    headers: { "content-type": "text/event-stream", ...headers },
    body: chunked(bytes, chunkBytes),
  };
}

async function* chunked(bytes: Uint8Array, chunkBytes = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

type Disturbance = Extract<
  Scenario,
  {
    kind:
      | "stall-after-headers"
      | "stall-mid-stream"
      | "error-mid-stream"
      | "cut"
      | "reset"
      | "empty"
      | "bad-json";
  }
>;

async function* disturb(
  scenario: Disturbance,
  call: UpstreamCall,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const afterEvents = "afterEvents" in scenario ? scenario.afterEvents : 0;
  let passed = 0;
  for await (const event of call.stream ? body : halves(body)) {
    if (passed === (call.stream ? afterEvents : Math.min(afterEvents, 1))) {
      yield* disturbance(scenario, call.signal);
      if (scenario.kind !== "bad-json" || !call.stream) return;
    }
    yield event;
    passed++;
  }
}

async function* disturbance(scenario: Disturbance, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  switch (scenario.kind) {
    case "stall-after-headers":
    case "stall-mid-stream":
      await untilAborted(signal);
      return;
    case "error-mid-stream":
      yield encoder.encode(`data: ${JSON.stringify({ error: scenario.error ?? overloaded })}\n\n`);
      return;
    case "reset":
      throw new TypeError("terminated", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
    case "bad-json":
      yield encoder.encode('data: {"choices": [{"delta": {"content": "\n\n');
      return;
    case "cut":
    case "empty":
      return;
  }
}

async function* halves(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const bytes of body) yield* chunked(bytes, Math.max(1, Math.ceil(bytes.length / 2)));
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
