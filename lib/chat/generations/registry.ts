import { EventEmitter } from "node:events";
import { getConfig } from "#lib/ops/config.ts";
import { perProcess } from "#lib/ops/per-process.ts";
import type { LoggedChunk } from "../store/generations.ts";
import { type ChatEnvironment, getChatEnvironment } from "./environment.ts";
import { startReaper } from "./reaper.ts";
import { type CutReason, type GenerationJob, runGeneration } from "./run.ts";

interface RunningJob {
  cut: AbortController;
  ended: Promise<void>;
}

/** By the generation's id. */
type Written = Record<string, [entries: readonly LoggedChunk[]]>;

interface Registry {
  jobs: Map<string, RunningJob>;
  /** Emits the id of a generation whose log was written by this process, with what was written where that is known. */
  written: EventEmitter<Written>;
  stopping: boolean;
}

const held = perProcess<Registry>("generations");

function getRegistry(): Registry {
  const existing = held.get();
  if (existing) return existing;
  const made: Registry = { jobs: new Map(), written: new EventEmitter<Written>(), stopping: false };
  made.written.setMaxListeners(0);
  held.set(made);
  return made;
}

/** Runs a generation in this process, independent of who watches it. */
export function launchGeneration(environment: ChatEnvironment, job: GenerationJob): void {
  const registry = getRegistry();
  const cut = new AbortController();
  const onPersisted = (entries: readonly LoggedChunk[]) => registry.written.emit(job.generationId, entries);
  const ended = runGeneration(environment, job, cut, onPersisted).finally(() => {
    registry.jobs.delete(job.generationId);
  });
  registry.jobs.set(job.generationId, { cut, ended });
  if (registry.stopping) cut.abort("interrupted" satisfies CutReason);
}

/** Stops a generation at once if this process runs it. */
export function stopHere(generationId: string): void {
  getRegistry()
    .jobs.get(generationId)
    ?.cut.abort("stopped" satisfies CutReason);
}

/**
 * Resolves when this process next writes to the log of a generation, with what it has written, or with nothing after `timeoutMs` or when
 * `signal` aborts: the log then has to be looked at.
 */
export function nextWrite(
  generationId: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly LoggedChunk[]> {
  const { written } = getRegistry();
  return new Promise((resolve) => {
    const finish = (entries: readonly LoggedChunk[]) => {
      clearTimeout(timer);
      written.off(generationId, finish);
      signal.removeEventListener("abort", look);
      resolve(entries);
    };
    const look = () => finish([]);
    const timer = setTimeout(look, timeoutMs);
    written.once(generationId, finish);
    signal.addEventListener("abort", look, { once: true });
    if (signal.aborted) look();
  });
}

/** Ends what this process generates as `interrupted`, keeping all that was produced, and waits until that is stored. */
export async function stopGenerations(): Promise<void> {
  const registry = getRegistry();
  registry.stopping = true;
  for (const { cut } of registry.jobs.values()) cut.abort("interrupted" satisfies CutReason);
  await Promise.all(Array.from(registry.jobs.values(), ({ ended }) => ended));
}

/** Starts the chat's background work: concluding what dead processes left, receipts that came late, purges. */
export function startChatJobs(): { stop(): Promise<void> } {
  const { databaseUrl, processId } = getConfig();
  getRegistry().stopping = false;
  return startReaper(getChatEnvironment(), { soleProcessId: databaseUrl === null ? processId : null });
}
