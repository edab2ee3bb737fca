import type { ChatOptions } from "../default-options.ts";
import type { ChatChunk, MessageFailure, MessageMetadata, StoredMessage } from "../message.ts";
import {
  appendEvents,
  type Conversation,
  type EndStatus,
  endGeneration,
  type LoggedChunk,
  materialize,
  readConversation,
} from "../store/generations.ts";
import { type Offer, offerTools } from "../tools/offer.ts";
import { asksPerson } from "../waiting.ts";
import { closingChunks } from "./chunks.ts";
import type { ChatEnvironment } from "./environment.ts";
import { toFailure, truncated } from "./failure.ts";
import { createLogWriter, type LogWriter } from "./log-writer.ts";
import { readReceipt } from "./read-receipt.ts";
import { reduceParts } from "./reduce.ts";
import { type StreamEnd, streamReply } from "./stream-reply.ts";

const flushMs = 150;
const beatMs = 400;
const materializeMs = 2_000;

export interface GenerationJob {
  generationId: string;
  accountId: string;
  chatId: string;
  messageId: string;
  /** What the reply is written from, if who starts it knows: else it is read. */
  conversation?: Conversation | undefined;
  /** The tools for it, if who starts it has asked for them already. */
  offer?: Promise<Offer> | undefined;
}

/** Why a running generation is cut short. `lost`: the log is not ours any more, so nothing more may be written. */
export type CutReason = "stopped" | "interrupted" | "lost";

/** Told that the log has grown, and by what; by nothing when it is to be looked at. */
type OnPersisted = (entries: readonly LoggedChunk[]) => void;

/** How the model's stream came to its end. */
interface Outcome {
  status: EndStatus;
  finishReason: string | null;
  failure: MessageFailure | null;
}

/** What a reply is written with. */
interface Means {
  offer: Offer;
  options: ChatOptions;
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
  onPersisted: OnPersisted,
): Promise<void> {
  try {
    const [{ path, options }, offer] = await Promise.all([
      job.conversation ?? readConversation(environment.db, job.messageId),
      job.offer ?? offerTools(environment, job),
    ]);
    const reply = path.at(-1);
    if (!reply) return;
    const run: Run = { ...job, environment, reply, requestIds: [], provider: null, cut };
    const log = openLog(run, onPersisted);
    const outcome = await produce(run, path, { offer, options }, log);
    const rest = await log.close();
    if (outcome) await conclude(run, log, rest, outcome);
  } catch (error) {
    environment.log.error(
      { err: error, generationId: job.generationId },
      "a generation could not be concluded",
    );
  } finally {
    onPersisted([]);
  }
}

function openLog(run: Run, onPersisted: OnPersisted): LogWriter {
  const { db, processId, now, log } = run.environment;
  let materializedAt = now();
  const writer: LogWriter = createLogWriter({
    flushMs,
    beatMs,
    now,
    async write(batch) {
      const position = await appendEvents(db, run.generationId, { processId }, batch, run.requestIds);
      if (position === null) return null;
      const first = position.lastSeq - batch.length + 1;
      if (batch.length > 0) onPersisted(batch.map((chunk, at) => ({ seq: first + at, chunk })));
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

/** Streams the reply to the log; null when the log was lost meanwhile. */
async function produce(
  run: Run,
  path: StoredMessage[],
  { offer, options }: Means,
  log: LogWriter,
): Promise<Outcome | null> {
  const { environment, reply, cut, accountId } = run;
  log.push(startChunk(run, (reply.metadata.keptParts ?? 0) > 0));
  const end = await streamReply({
    environment,
    accountId,
    path,
    offer,
    options,
    signal: cut.signal,
    onAnswer: (headers) => noteAnswer(run, headers),
    push: log.push,
  });
  return outcomeOf(run, end);
}

function outcomeOf(run: Run, { finishReason, error }: StreamEnd): Outcome | null {
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
  const closing = closingChunks(run.reply.parts, log.all(), {
    endedAt,
    keepAsking: outcome.status !== "stopped",
  });
  const parts = await reduceParts(run.messageId, run.reply.parts, [...log.all(), ...closing]);
  const metadata: MessageMetadata = {
    status: asksPerson(parts) ? "waiting" : outcome.status,
    ...(run.reply.metadata.startedAt === undefined ? {} : { startedAt: run.reply.metadata.startedAt }),
    endedAt,
    ...(outcome.failure ? { error: outcome.failure } : {}),
    ...(outcome.finishReason === null ? {} : { finishReason: outcome.finishReason }),
    requestIds: requestIdsOf(run),
    ...(run.provider === null ? {} : { provider: run.provider }),
    ...(await readReceipt(run.environment, run.accountId, requestIdsOf(run))),
  };
  await endGeneration(
    db,
    run.generationId,
    { processId },
    {
      status: outcome.status,
      chunks: [...rest, ...closing, { type: "finish", messageMetadata: metadata }],
      parts,
      metadata,
      requestIds: run.requestIds,
    },
  );
}
