import type { ReconcileReport } from "./report.ts";

/** One run, as it stands or ended. */
export interface Reconciliation {
  id: string;
  repair: boolean;
  state: "running" | "done" | "failed" | "interrupted";
  startedAt: Date;
  endedAt: Date | null;
  doneSteps: number;
  totalSteps: number;
  failure: string | null;
  report: ReconcileReport | null;
  /** Whether everything agreed, or was set right. */
  right: boolean;
}
