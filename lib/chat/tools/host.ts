import type { RunJob } from "./jobs.ts";

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
}
