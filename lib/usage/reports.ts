import type { Plan, QuotaState } from "./admission.ts";

/** The trial plan's day so far. */
export interface QuotaToday extends QuotaState {
  plan: Plan;
  used: number;
}
