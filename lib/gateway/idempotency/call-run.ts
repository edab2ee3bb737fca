/** One run of a call that has an Idempotency-Key. */
export interface CallRun {
  /** `recordIdOf` its account and key. */
  id: string;
  /** The metered request that answers it. */
  requestId: string;
}

/** How what is kept of an answer ends: `kept` for a day, or `told` only to those who are waiting for it now. */
export type AnswerEnd = "kept" | "told";
