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

/** Jobs in threads of this process, with a heap of 128 MB and no environment. */
export const runJobInThread: RunJob = async (kind, input, { signal, timeoutMs }) => {
  signal.throwIfAborted();
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
  const late = AbortSignal.timeout(timeoutMs);
  const ended = new AbortController();
  try {
    return await new Promise<unknown>((resolve, reject) => {
      const listening = { signal: ended.signal };
      worker.once("message", (message: unknown) => {
        const answer = answerSchema.parse(message);
        if (answer.ok) resolve(answer.value);
        else reject(new ToolFailure(answer.message));
      });
      worker.once("error", (error) => reject(toFailure(error)));
      worker.once("exit", () => reject(new ToolFailure("It ended without a result.")));
      signal.addEventListener("abort", () => reject(signal.reason), listening);
      late.addEventListener(
        "abort",
        () => reject(new ToolFailure(`It took longer than ${timeoutMs / 1_000} s.`)),
        listening,
      );
    });
  } finally {
    ended.abort();
    await worker.terminate();
  }
};

function toFailure(error: unknown): unknown {
  const ranOut = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  return ranOut ? new ToolFailure(`It needed more memory than the ${maxHeapMb} MB it may use.`) : error;
}
