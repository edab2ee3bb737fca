import { perProcess } from "#lib/ops/per-process.ts";

/** A flood of refusals of more budgets than that between two looks tells of the first ones; the next refusal tells of the rest. */
const most = 10_000;

const held = perProcess<Set<string>>("refused-budgets");

/** Notes that a hard budget has refused a request; `holderId` as in `budget_months`. Costs no look at the database. */
export function noteRefusedBudget(holderId: string): void {
  const noted = held.get() ?? new Set();
  if (noted.size < most) noted.add(holderId);
  held.set(noted);
}

/** The budgets noted since the last time. */
export function takeRefusedBudgets(): string[] {
  const noted = held.get();
  held.set(undefined);
  return [...(noted ?? [])];
}
