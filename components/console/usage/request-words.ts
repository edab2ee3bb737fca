import type { Tone } from "#components/ui/badge.tsx";
import type { MeteredRequest, RequestSource } from "#lib/usage/metered-request.ts";
import { errorTable } from "#lib/wire/errors.ts";

/** How a request stands, in words. */
export const statusWords = {
  reserved: { label: "Running", tone: "accent" },
  succeeded: { label: "Succeeded", tone: "positive" },
  failed: { label: "Failed", tone: "danger" },
  aborted: { label: "Stopped", tone: "neutral" },
  interrupted: { label: "Interrupted", tone: "warning" },
} satisfies Record<MeteredRequest["status"], { label: string; tone: Tone }>;

export const sourceWords = { api: "API", chat: "Chat" } satisfies Record<RequestSource, string>;

/** What an error code means and what to do; null for a code that the table does not have. */
export function explainError(code: string): { meaning: string; whatToDo: string } | null {
  return Object.entries(errorTable).find(([known]) => known === code)?.[1] ?? null;
}
