import { hostname } from "node:os";
import type { ProcessStatus } from "./process-status.ts";
import { version } from "./version.ts";

/** What any process says of itself. */
export function describeProcess(): Pick<ProcessStatus, "version" | "host" | "pid" | "residentBytes"> {
  return { version, host: hostname(), pid: process.pid, residentBytes: process.memoryUsage.rss() };
}
