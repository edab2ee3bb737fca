import { setTimeout as pause } from "node:timers/promises";
import { streamText, type ToolSet, toUIMessageChunk } from "ai";
import { listRequestsByIds } from "#lib/usage/store/requests.ts";
import { hasAnswer, toModelMessages } from "../history.ts";
import type { ChatChunk, ChatUIMessage, MessageFailure, MessageMetadata, StoredMessage } from "../message.ts";
import { appendEvents, type EndStatus, endGeneration, listPath, materialize } from "../store/generations.ts";
import { closingChunks } from "./chunks.ts";
import type { ChatEnvironment } from "./environment.ts";
import { toFailure, truncated } from "./failure.ts";
import { gatewayModel, modelOptions } from "./gateway-model.ts";
import { createLogWriter, type LogWriter } from "./log-writer.ts";
import { toReceipt } from "./receipt.ts";
import { reduceParts } from "./reduce.ts";
import { createReasoningTimer } from "./time-reasoning.ts";

const flushMs = 150;
const beatMs = 400;
const materializeMs = 2_000;
const settleWaitMs = 800;
const settlePollMs = 40;

export interface GenerationJob {
  generationId: string;
  accountId: string;
  messageId: string;
}

/** Why a running generation is cut short. `lost`: the log is not ours any more, so nothing more may be written. */
export type CutReason = "stopped" | "interrupted" | "lost";

/** How the model's stream came to its end. */
interface Outcome {
  status: EndStatus;
  finishReason: string | null;
  failure: MessageFailure | null;
}

interface Run extends GenerationJob {
  environment: ChatEnvironment;
  /** The reply as it was before this generation. */
  reply: StoredMessage;
  requestIds: string[];
  provider: string | null;
  cut: AbortController;
}

/**
 * Runs the model for one reply: its chunks go to the log, the message follows, and both are concluded together whatever
 * happens. Ends without throwing; `cut.abort(reason satisfies CutReason)` ends it early, keeping what was produced.
 */
export async function runGeneration(
  environment: ChatEnvironment,
  job: GenerationJob,
  cut: AbortController,
  onPersisted: () => void,
): Promise<void> {
  try {
    const path = await listPath(environment.db, job.messageId);
    const reply = path.at(-1);
    if (!reply) return;
    const run: Run = { ...job, environment, reply, requestIds: [], provider: null, cut };
    const log = openLog(run, onPersisted);
    const outcome = await produce(run, path, log);
    const rest = await log.close();
    if (outcome) await conclude(run, log, rest, outcome);
  } catch (error) {
    environment.log.error(
      { err: error, generationId: job.generationId },
      "a generation could not be concluded",
    );
  } finally {
    onPersisted();
  }
}

function openLog(run: Run, onPersisted: () => void): LogWriter {
  const { db, processId, now, log } = run.environment;
  let materializedAt = now();
  const writer: LogWriter = createLogWriter({
    flushMs,
    beatMs,
    now,
    async write(batch) {
      const position = await appendEvents(db, run.generationId, { processId }, batch, run.requestIds);
      if (position === null) return null;
      if (batch.length > 0) onPersisted();
      if (batch.length > 0 && now() - materializedAt >= materializeMs) {
        materializedAt = now();
        const parts = await reduceParts(run.messageId, run.reply.parts, writer.written());
        const metadata = {
          ...run.reply.metadata,
          requestIds: requestIdsOf(run),
          ...(run.provider === null ? {} : { provider: run.provider }),
        };
        await materialize(db, run.generationId, { processId }, { seq: position.lastSeq, parts, metadata });
      }
      return position;
    },
    onStopRequested: () => run.cut.abort("stopped" satisfies CutReason),
    onLost() {
      log.warn({ generationId: run.generationId }, "a generation was concluded by another process");
      run.cut.abort("lost" satisfies CutReason);
    },
    onFailed(error) {
      log.error(
        { err: error, generationId: run.generationId },
        "the log of a generation could not be written",
      );
      run.cut.abort("interrupted" satisfies CutReason);
    },
  });
  return writer;
}

/** Streams the model's chunks to the log; null when the log was lost meanwhile. */
async function produce(run: Run, path: StoredMessage[], log: LogWriter): Promise<Outcome | null> {
  const { environment, reply, cut } = run;
  const timed = createReasoningTimer(environment.now);
  const continuing = (reply.metadata.keptParts ?? 0) > 0;
  log.push(startChunk(run, continuing));
  let finishReason: string | null = null;
  let failure: unknown;
  try {
    const result = streamText({
      model: gatewayModel(environment, run.accountId, (headers) => noteAnswer(run, headers)),
      messages: await toModelMessages(continuing ? path : path.slice(0, -1), { continuing }),
      // An answer cut in mid-sentence goes on with its next word, not with new thoughts.
      providerOptions: modelOptions(continuing && hasAnswer(reply.parts) ? "none" : undefined),
      maxRetries: 0,
      abortSignal: cut.signal,
      onError: ({ error }) => {
        failure ??= error;
      },
    });
    for await (const part of result.stream) {
      if (part.type === "finish") finishReason = part.finishReason;
      const chunk = toUIMessageChunk<ToolSet, ChatUIMessage>(part, { sendStart: false, sendFinish: false });
      if (chunk && chunk.type !== "error" && chunk.type !== "abort") log.push(timed(chunk));
    }
  } catch (error) {
    failure ??= error;
  }
  return outcomeOf(run, finishReason, failure);
}

function outcomeOf(run: Run, finishReason: string | null, error: unknown): Outcome | null {
  const { signal } = run.cut;
  if (signal.aborted) {
    if (signal.reason === "lost") return null;
    return {
      status: signal.reason === "stopped" ? "stopped" : "interrupted",
      finishReason: null,
      failure: null,
    };
  }
  const requestId = run.requestIds.at(-1) ?? null;
  if (error !== undefined) {
    const failure = toFailure(error, requestId);
    if (failure.code === "internal") {
      run.environment.log.error({ err: error, generationId: run.generationId }, "a generation failed");
    }
    return { status: "failed", finishReason: "error", failure };
  }
  if (finishReason === null || finishReason === "interrupted" || finishReason === "error") {
    return { status: "failed", finishReason: "error", failure: truncated(requestId) };
  }
  return { status: "completed", finishReason, failure: null };
}

function noteAnswer(run: Run, headers: Headers): void {
  const requestId = headers.get("x-request-id");
  if (requestId !== null) run.requestIds.push(requestId);
  run.provider = headers.get("x-aig-provider") ?? run.provider;
}

function requestIdsOf(run: Run): string[] {
  return [...(run.reply.metadata.requestIds ?? []), ...run.requestIds];
}

/** A continued reply still shows how it ended before, so its viewers are told to forget that. */
function startChunk(run: Run, continuing: boolean): ChatChunk {
  const { startedAt } = run.reply.metadata;
  const messageMetadata: MessageMetadata = {
    status: "running",
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(continuing ? { endedAt: null, error: null, finishReason: null } : {}),
  };
  return { type: "start", messageId: run.messageId, messageMetadata };
}

async function conclude(run: Run, log: LogWriter, rest: ChatChunk[], outcome: Outcome): Promise<void> {
  const { db, processId, now } = run.environment;
  const endedAt = now();
  const closing = closingChunks(log.all(), endedAt);
  const metadata: MessageMetadata = {
    status: outcome.status,
    ...(run.reply.metadata.startedAt === undefined ? {} : { startedAt: run.reply.metadata.startedAt }),
    endedAt,
    ...(outcome.failure ? { error: outcome.failure } : {}),
    ...(outcome.finishReason === null ? {} : { finishReason: outcome.finishReason }),
    requestIds: requestIdsOf(run),
    ...(run.provider === null ? {} : { provider: run.provider }),
    ...(await readReceipt(run)),
  };
  await endGeneration(
    db,
    run.generationId,
    { processId },
    {
      status: outcome.status,
      chunks: [...rest, ...closing, { type: "finish", messageMetadata: metadata }],
      parts: await reduceParts(run.messageId, run.reply.parts, [...log.all(), ...closing]),
      metadata,
      requestIds: run.requestIds,
    },
  );
}

/** The gateway settles before a stream ends, and within moments of a client that left; a later sweep adds what is missing. */
async function readReceipt(run: Run): Promise<MessageMetadata | null> {
  const { db, now } = run.environment;
  const ids = requestIdsOf(run);
  if (ids.length === 0) return null;
  const giveUpAt = now() + settleWaitMs;
  for (;;) {
    const requests = await listRequestsByIds(db, run.accountId, ids);
    const receipt = toReceipt(requests);
    if (receipt || requests.length === 0 || now() >= giveUpAt) return receipt;
    await pause(settlePollMs);
  }
}
