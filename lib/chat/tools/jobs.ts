import { perProcess } from "#lib/ops/per-process.ts";

/** The kinds of work that run in a thread of their own, each a file beside what it serves. */
export type JobKind = "calculator" | "javascript" | "readable-page" | "pdf-text" | "heic-pixels";

export interface JobLimits {
  signal: AbortSignal;
  timeoutMs: number;
}

/**
 * Runs a job in a thread of its own, which is ended when its time is over or the signal aborts.
 * @throws ToolFailure what the job says, or that it took too long or too much memory
 */
export type RunJob = (kind: JobKind, input: unknown, limits: JobLimits) => Promise<unknown>;

// Threads are started from source files, which only code outside of Next's bundles knows.
const held = perProcess<RunJob>("tool-jobs");

export function provideJobs(run: RunJob): void {
  held.set(run);
}

export function getJobs(): RunJob {
  const run = held.get();
  if (!run) throw new Error("Tools cannot run jobs: start the program through server.ts.");
  return run;
}
