import type { DynamicToolUIPart, ToolUIPart, UIMessage } from "ai";
import * as z from "zod/mini";
import { interrupted } from "#lib/chat/message.ts";

export type ToolPart = ToolUIPart | DynamicToolUIPart;

/** Whether a part of a message is a call of a tool. */
export function isToolPart(part: UIMessage["parts"][number]): part is ToolPart {
  return part.type === "dynamic-tool" || part.type.startsWith("tool-");
}

export function toolNameOf(part: ToolPart): string {
  return part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length);
}

export type CallState =
  | "preparing"
  | "asking"
  | "running"
  | "done"
  | "failed"
  | "denied"
  | "interrupted"
  | "notRun";

const sureStates = {
  "input-streaming": "preparing",
  "input-available": "running",
  "approval-requested": "asking",
  "approval-responded": "running",
  "output-available": "done",
  "output-error": "failed",
  "output-denied": "denied",
} satisfies Record<ToolPart["state"], CallState>;

/**
 * How a call stands. `replyRuns`: its reply is being written; `askable`: its reply waits, and can still go on from here.
 */
export function callState(part: ToolPart, replyRuns: boolean, askable: boolean): CallState {
  if (part.state === "output-error" && part.errorText === interrupted) return "interrupted";
  if (part.state === "approval-requested") return askable || replyRuns ? "asking" : "notRun";
  if (part.state === "approval-responded" && !part.approval.approved) return "denied";
  const state = sureStates[part.state];
  const unfinished = state === "preparing" || state === "running";
  return unfinished && !replyRuns && !askable ? "interrupted" : state;
}

const timesSchema = z.object({ startedAt: z.optional(z.number()), endedAt: z.optional(z.number()) });

/** From when to when a call ran, in milliseconds since 1970 by the server's clock; null where that is not known. */
export function callTimes(part: ToolPart): { startedAtMs: number | null; endedAtMs: number | null } {
  const ended = "resultProviderMetadata" in part ? part.resultProviderMetadata?.aigateway : undefined;
  const begun = "callProviderMetadata" in part ? part.callProviderMetadata?.aigateway : undefined;
  const times = { ...timesSchema.safeParse(begun).data, ...timesSchema.safeParse(ended).data };
  return { startedAtMs: times.startedAt ?? null, endedAtMs: times.endedAt ?? null };
}
