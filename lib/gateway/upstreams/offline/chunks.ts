import { createHash } from "node:crypto";
import type { LimitedToolCall, LimitedTurn } from "./limit-turn.ts";

export interface AnswerHead {
  requestId: string;
  /** Echoed. */
  model: string;
  createdS: number;
}

export interface PromptCount {
  promptTokens: number;
  cachedTokens: number;
}

/** One event's payload, and the tokens it took to make. */
export interface TimedChunk {
  payload: object;
  tokens: number;
}

/** The events of a streamed answer in Kimi's order: role, reasoning, content, tool calls, finish, usage if asked for. */
export function* streamChunks(
  head: AnswerHead,
  turn: LimitedTurn,
  usage: object | null,
): Generator<TimedChunk> {
  const base = {
    id: answerId(head.requestId),
    object: "chat.completion.chunk",
    created: head.createdS,
    model: head.model,
    system_fingerprint: "offline",
  };
  const chunk = (delta: object, tokens: number, finishReason: string | null = null): TimedChunk => ({
    payload: { ...base, choices: [{ index: 0, delta, finish_reason: finishReason }] },
    tokens,
  });
  yield chunk({ role: "assistant", content: "" }, 0);
  for (const piece of turn.reasoning) yield chunk({ reasoning_content: piece.text }, piece.tokens);
  for (const piece of turn.content) yield chunk({ content: piece.text }, piece.tokens);
  for (const [index, call] of turn.toolCalls.entries()) {
    const opening = { index, ...toolCall(head.requestId, index, call.name, "") };
    yield chunk({ tool_calls: [opening] }, 1);
    for (const piece of call.arguments) {
      yield chunk({ tool_calls: [{ index, function: { arguments: piece.text } }] }, piece.tokens);
    }
  }
  yield chunk({}, 0, turn.finishReason);
  if (usage !== null) yield { payload: { ...base, choices: [], usage }, tokens: 0 };
}

/** The answer in one piece. */
export function completion(head: AnswerHead, turn: LimitedTurn, usage: object | null): object {
  const join = (pieces: readonly { text: string }[]) => pieces.map((piece) => piece.text).join("");
  const content = join(turn.content);
  const reasoning = join(turn.reasoning);
  const calls = turn.toolCalls.map((call: LimitedToolCall, index) =>
    toolCall(head.requestId, index, call.name, join(call.arguments)),
  );
  const message = {
    role: "assistant",
    content: content === "" && calls.length > 0 ? null : content,
    refusal: null,
    ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  return {
    id: answerId(head.requestId),
    object: "chat.completion",
    created: head.createdS,
    model: head.model,
    system_fingerprint: "offline",
    choices: [{ index: 0, message, logprobs: null, finish_reason: turn.finishReason }],
    ...(usage === null ? {} : { usage }),
  };
}

/** The `usage` object of an answer; completion tokens include reasoning, prompt tokens include cached ones. */
export function usageOf({ promptTokens, cachedTokens }: PromptCount, turn: LimitedTurn): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: turn.completionTokens,
    total_tokens: promptTokens + turn.completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
    completion_tokens_details: { reasoning_tokens: turn.reasoningTokens },
  };
}

function toolCall(requestId: string, index: number, name: string, args: string) {
  return {
    id: `call_${digest(`${requestId}/${index}`)}`,
    type: "function",
    function: { name, arguments: args },
  };
}

function answerId(requestId: string): string {
  return `chatcmpl-${digest(requestId)}`;
}

function digest(value: string): string {
  return createHash("sha256").update(value).digest("hex").slice(0, 24);
}
