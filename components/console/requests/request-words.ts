import type { Tone } from "#components/ui/badge.tsx";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";

export const statusTones = {
  reserved: "accent",
  succeeded: "positive",
  failed: "danger",
  aborted: "neutral",
  interrupted: "warning",
} satisfies Record<MeteredRequest["status"], Tone>;
