import type { ChatChunk, ChatCompletion } from "./chat-completions.ts";

/**
 * Whether a parsed event is a chunk as it should be, no field of the wrong type and no error: its schema would then give it back
 * unchanged. Nearly every event is one, and telling so takes a fraction of what the schema takes.
 */
export function isPlainChunk(value: unknown): value is ChatChunk {
  return (
    hasPlainHead(value) &&
    value.choices.every((choice) => isRecord(choice) && isPlainChoice(choice, choice.delta))
  );
}

/** The same of a whole completion. */
export function isPlainCompletion(value: unknown): value is ChatCompletion {
  return (
    hasPlainHead(value) &&
    value.choices.every((choice) => isRecord(choice) && isPlainChoice(choice, choice.message))
  );
}

function hasPlainHead(value: unknown): value is { choices: unknown[] } {
  return (
    isRecord(value) &&
    (value.error === undefined || value.error === null) &&
    isText(value.object) &&
    value.object !== "error" &&
    isText(value.id) &&
    isText(value.model) &&
    isText(value.system_fingerprint) &&
    isNumber(value.created) &&
    isUsage(value.usage) &&
    Array.isArray(value.choices)
  );
}

type Fields = Partial<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" || value === undefined || value === null;
}

function isNumber(value: unknown): boolean {
  return Number.isFinite(value) || value === undefined || value === null;
}

function isUsage(value: unknown): boolean {
  return value === undefined || value === null || isRecord(value);
}

function isPlainChoice(choice: Fields, said: unknown): boolean {
  return (
    isPlainDelta(said) && isText(choice.finish_reason) && isNumber(choice.index) && isUsage(choice.usage)
  );
}

function isPlainDelta(delta: unknown): boolean {
  return (
    isRecord(delta) &&
    isText(delta.content) &&
    isText(delta.reasoning_content) &&
    isText(delta.reasoning) &&
    isText(delta.role) &&
    isText(delta.refusal) &&
    (delta.tool_calls === undefined ||
      delta.tool_calls === null ||
      (Array.isArray(delta.tool_calls) && delta.tool_calls.every(isPlainToolCall)))
  );
}

function isPlainToolCall(call: unknown): boolean {
  return (
    isRecord(call) &&
    isNumber(call.index) &&
    isText(call.id) &&
    isText(call.type) &&
    isPlainFunction(call.function)
  );
}

function isPlainFunction(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (isRecord(value) && isText(value.name) && isText(value.arguments))
  );
}
