import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { JobKind, RunJob } from "./jobs.ts";
import { ToolFailure } from "./tool.ts";

const files = {
  calculator: new URL("./calculator/thread.ts", import.meta.url),
  javascript: new URL("./run-javascript/thread.ts", import.meta.url),
  "readable-page": new URL("./fetch-page/thread.ts", import.meta.url),
  "pdf-text": new URL("../attachments/pdf-thread.ts", import.meta.url),
  "heic-pixels": new URL("../attachments/heic-thread.ts", import.meta.url),
} satisfies Record<JobKind, URL>;

const maxHeapMb = 128;

/** What a job's thread posts, once. */
const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);

/** Kinds whose jobs leave nothing behind and whose thread takes seconds to start: one thread of each waits for the next job. */
const reused: readonly JobKind[] = ["calculator"];
const waitingMs = 60_000;
const waiting = new Map<JobKind, { worker: Worker; over: NodeJS.Timeout }>();

/** Jobs in threads of this process, with a heap of 128 MB and no environment. */
export const runJobInThread: RunJob = async (kind, input, { signal, timeoutMs }) => {
  signal.throwIfAborted();
  const worker = takeThread(kind, input);
  const late = AbortSignal.timeout(timeoutMs);
  const ended = new AbortController();
  try {
    const answer = await new Promise<z.infer<typeof answerSchema>>((resolve, reject) => {
      const listening = { signal: ended.signal };
      worker.once("message", (message: unknown) => resolve(answerSchema.parse(message)));
      worker.once("error", (error) => reject(toFailure(error)));
      worker.once("exit", () => reject(new ToolFailure("It ended without a result.")));
      signal.addEventListener("abort", () => reject(signal.reason), listening);
      late.addEventListener(
        "abort",
        () => reject(new ToolFailure(`It took longer than ${timeoutMs / 1_000} s.`)),
        listening,
      );
    });
    keepThread(kind, worker);
    if (answer.ok) return answer.value;
    throw new ToolFailure(answer.message);
  } finally {
    ended.abort();
    if (waiting.get(kind)?.worker !== worker) await worker.terminate();
  }
};

/** The thread of this kind that waits, or a new one, with the job under way in it. */
function takeThread(kind: JobKind, input: unknown): Worker {
  const worker = takeWaiting(kind) ?? startThread(kind, input);
  if (reused.includes(kind)) worker.postMessage(input);
  return worker;
}

function takeWaiting(kind: JobKind): Worker | undefined {
  const kept = waiting.get(kind);
  if (!kept) return;
  clearTimeout(kept.over);
  waiting.delete(kind);
  stopListening(kept.worker);
  kept.worker.ref();
  return kept.worker;
}

function startThread(kind: JobKind, input: unknown): Worker {
  const worker = new Worker(files[kind], {
    workerData: input,
    env: {},
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

/** Has a thread wait for a minute, if its kind may be used again and none waits already; it does not keep the process. */
function keepThread(kind: JobKind, worker: Worker): void {
  if (!reused.includes(kind) || waiting.has(kind)) return;
  const over = setTimeout(() => void takeWaiting(kind)?.terminate(), waitingMs).unref();
  waiting.set(kind, { worker, over });
  stopListening(worker);
  worker.unref();
  worker.once("error", () => takeWaiting(kind));
  worker.once("exit", () => takeWaiting(kind));
}

/** Not to all there is: a Worker listens to itself, to know when messages are wanted. */
function stopListening(worker: Worker): void {
  for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
}

function toFailure(error: unknown): unknown {
  const ranOut = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  return ranOut ? new ToolFailure(`It needed more memory than the ${maxHeapMb} MB it may use.`) : error;
}
