import type { ProcessStatus } from "#lib/ops/process-status.ts";

export interface LivingProcess {
  id: string;
  startedAt: Date;
  heartbeatAt: Date;
  /** Null while it has not said anything of itself. */
  status: ProcessStatus | null;
}
