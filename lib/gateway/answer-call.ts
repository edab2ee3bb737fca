import type { ServerResponse } from "node:http";
import {
  type ChatAccumulation,
  contentOf,
  emptyAccumulation,
  reasoningOf,
} from "#lib/wire/chat-accumulator.ts";
import type { ChatCompletion } from "#lib/wire/chat-completions.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { readUsage } from "#lib/wire/token-usage.ts";
import { beginTrySpan } from "./call-span.ts";
import type { Passage } from "./circuit-breaker.ts";
import type { GatewayContext } from "./context.ts";
import type { Reply } from "./dialect.ts";
import { dispatch, tell } from "./dispatch.ts";
import { type Exchange, warningHeader } from "./exchange.ts";
import type { AnswerRecorder } from "./idempotency/recorder.ts";
import type { MeteredCall } from "./metered-call.ts";
import type { PreparedCall } from "./prepare.ts";
import { readWhole, relayStream } from "./relay.ts";
import { openReplyStream } from "./reply-stream.ts";
import { healthAfter } from "./upstream-failure.ts";
import type { UpstreamAnswer } from "./upstreams/upstream.ts";

interface CallToAnswer {
  prepared: PreparedCall;
  reply: Reply;
  warnings: readonly string[];
}

/**
 * Sends an admitted call to an upstream and its answer to the client, and settles it before the answer ends.
 * @throws ApiError, the call settled, when it failed before anything was sent.
 */
export async function answerCall(
  context: GatewayContext,
  exchange: Exchange,
  call: MeteredCall,
  { prepared, reply, warnings }: CallToAnswer,
): Promise<void> {
  const upstreamCall = {
    body: prepared.body,
    stream: prepared.stream,
    requestId: exchange.requestId,
    signal: call.signal,
  };
  const dispatched = await dispatch(context.pool, upstreamCall, {
    ...context.ports,
    observeTry(upstream) {
      const endSpan = beginTrySpan(exchange, upstream);
      const endTry = call.beginTry(upstream);
      const noteHealth = context.upstreamHealth.beginTry(upstream);
      return (outcome, status) => {
        endSpan(outcome);
        endTry(outcome, status);
        noteHealth(outcome, status);
        context.metrics.countTry(upstream, outcome);
      };
    },
  });
  call.noteUpstream(dispatched.upstream, dispatched.attempts);
  const headers = {
    "x-aig-provider": dispatched.upstream,
    "x-aig-attempts": String(dispatched.attempts),
    ...warningHeader(warnings),
  };
  for (const [name, value] of Object.entries(headers)) exchange.res.setHeader(name, value);
  switch (dispatched.kind) {
    case "failed":
      await call.settle({ kind: "failed", error: dispatched.error });
      throw dispatched.error;
    case "aborted":
      await call.settle({ kind: "stopped", underWay: dispatched.underWay });
      throw stopping();
    case "answered": {
      const tellEnding = (ending: Ending) => tellHowItEnded(dispatched.passage, ending);
      if (prepared.stream)
        await answerStreamed(context, exchange, call, dispatched.answer, reply, tellEnding);
      else await answerWhole(exchange, call, dispatched.answer, reply, tellEnding);
    }
  }
}

type Ending = { kind: "done" } | { kind: "failed"; error: ApiError } | { kind: "aborted" };

/** An answer that a client cut short says nothing of its upstream. */
function tellHowItEnded(passage: Passage, ending: Ending): void {
  if (ending.kind === "done") passage.completed();
  else if (ending.kind === "failed") tell(passage, healthAfter(ending.error));
  else passage.left();
}

/** Told to a client that is still there: its call was stopped because this process ends. */
function stopping(): ApiError {
  return new ApiError("upstream_unavailable", "The server is stopping. Send the request again.", {
    retryAfterS: 1,
  });
}

async function answerStreamed(
  context: GatewayContext,
  { res, recorder, keepItems }: Exchange,
  call: MeteredCall,
  answer: UpstreamAnswer,
  reply: Reply,
  tellEnding: (ending: Ending) => void,
): Promise<void> {
  const stream = openReplyStream(res, { begin: reply.begin, keepAliveMs: context.keepAliveMs, recorder });
  try {
    const { ending, produced } = await relayStream({
      body: answer.body,
      reply,
      stream,
      signal: call.signal,
      onFirstToken: call.noteFirstToken,
      leave: call.leave,
    });
    tellEnding(ending);
    if (ending.kind === "done") {
      await call.settle({ kind: "succeeded", produced });
      stream.open();
      const last = reply.end(ending.frame);
      if (keepItems) await keepItems(reply.items());
      await recorder?.end("kept", last);
      stream.end(last);
      return;
    }
    const error = ending.kind === "failed" ? ending.error : stopping();
    const settled =
      ending.kind === "failed"
        ? { kind: "failed" as const, error }
        : { kind: "stopped" as const, underWay: true };
    await call.settle({ ...settled, produced }, stream.isOpen());
    if (!stream.isOpen()) throw error;
    const last = reply.fail(error);
    if (keepItems) await keepItems(reply.items());
    if (!res.destroyed) await recorder?.end("told", last);
    stream.end(last);
  } finally {
    stream.stop();
  }
}

async function answerWhole(
  { res, recorder, keepItems }: Exchange,
  call: MeteredCall,
  answer: UpstreamAnswer,
  reply: Reply,
  tellEnding: (ending: Ending) => void,
): Promise<void> {
  const whole = await readWhole(answer.body, call.signal);
  tellEnding(whole);
  switch (whole.kind) {
    case "failed":
      await call.settle({ kind: "failed", error: whole.error });
      throw whole.error;
    case "aborted":
      await call.settle({ kind: "stopped", underWay: true });
      throw stopping();
    case "done": {
      await call.settle({ kind: "succeeded", produced: producedBy(whole.completion) });
      const written = reply.whole(whole.bytes, whole.completion);
      if (keepItems) await keepItems(reply.items());
      res.writeHead(200, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
      await endWhole(res, recorder, written);
    }
  }
}

async function endWhole(
  res: ServerResponse,
  recorder: AnswerRecorder | null,
  answer: Uint8Array | string,
): Promise<void> {
  recorder?.begin(res.statusCode, res.getHeaders());
  await recorder?.end("kept", answer);
  res.end(answer);
}

function producedBy(completion: ChatCompletion): ChatAccumulation {
  const choice = completion.choices[0];
  const message = choice?.message ?? {};
  return {
    ...emptyAccumulation,
    content: contentOf(message),
    reasoning: reasoningOf(message),
    toolCalls: (message.tool_calls ?? []).map((call) => ({
      id: call.id ?? "",
      name: call.function?.name ?? "",
      arguments: call.function?.arguments ?? "",
    })),
    finishReason: choice?.finish_reason ?? null,
    usage: readUsage(completion),
    model: completion.model ?? null,
  };
}
