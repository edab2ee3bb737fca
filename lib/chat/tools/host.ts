import { getConfig } from "#lib/ops/config.ts";
import { perProcess } from "#lib/ops/per-process.ts";
import { createGuardedFetch, fetchGuard, type GuardedFetch } from "./guarded-fetch.ts";
import { getJobs, type RunJob } from "./jobs.ts";

interface Log {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What tools need of the process they run in. */
export interface ToolHost {
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Runs work that may not stall or endanger the process. */
  runJob: RunJob;
  /** Reaches what a person or a model names. */
  fetch: GuardedFetch;
  /** Who searches the web; null where nobody is configured to. */
  search: { provider: "brave" | "tavily"; apiKey: string } | null;
}

const held = perProcess<GuardedFetch>("tool-fetch");

/** The host of this process, as it is configured. */
export function getToolHost(log: Log): ToolHost {
  const { allowPrivateAddresses, search } = getConfig().tools;
  const fetch = held.get() ?? createGuardedFetch(fetchGuard({ allowPrivate: allowPrivateAddresses }));
  held.set(fetch);
  return { log, now: Date.now, runJob: getJobs(), fetch, search };
}
