import type { Tone } from "#components/ui/badge.tsx";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { errorTable } from "#lib/wire/errors.ts";

export const statusTones = {
  reserved: "accent",
  succeeded: "positive",
  failed: "danger",
  aborted: "neutral",
  interrupted: "warning",
} satisfies Record<MeteredRequest["status"], Tone>;

/** What an error code means and what to do; null for a code that the table does not have. */
export function explainError(code: string): { meaning: string; whatToDo: string } | null {
  return Object.entries(errorTable).find(([known]) => known === code)?.[1] ?? null;
}
