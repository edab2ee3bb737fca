import type { ChatToolCallDelta } from "./chat-completions.ts";

/** A tool call as far as it has arrived; `id` and `name` are empty until they do. */
export interface MergedToolCall {
  id: string;
  name: string;
  arguments: string;
}

export interface ToolCallState {
  calls: readonly MergedToolCall[];
  /** Which of `calls` the next fragment of a slot (the fragment's index, or its position) belongs to. */
  slots: Readonly<Record<number, number>>;
}

export const noToolCalls: ToolCallState = { calls: [], slots: {} };

/**
 * Adds one fragment; `at` is the place of its call in `calls`. Hosts of Kimi leave `index` out, use one index for several
 * calls, send a fresh id with every fragment, repeat the name, or split it.
 */
export function mergeToolCall(
  state: ToolCallState,
  fragment: ChatToolCallDelta,
  position: number,
): { state: ToolCallState; at: number } {
  const slot = fragment.index ?? position;
  const current = state.slots[slot];
  const call = current === undefined ? undefined : state.calls[current];
  if (current === undefined || call === undefined || startsAnotherCall(call, fragment)) {
    const at = state.calls.length;
    const started = { id: "", name: "", arguments: "" };
    return {
      state: { calls: [...state.calls, extend(started, fragment)], slots: { ...state.slots, [slot]: at } },
      at,
    };
  }
  return { state: { ...state, calls: state.calls.with(current, extend(call, fragment)) }, at: current };
}

function startsAnotherCall(call: MergedToolCall, fragment: ChatToolCallDelta): boolean {
  const name = fragment.function?.name;
  if (!fragment.id || !name || !call.id || fragment.id === call.id) return false;
  const repeatsHeader = name === call.name && call.arguments !== "" && !isWholeJson(call.arguments);
  return !repeatsHeader;
}

function extend(call: MergedToolCall, fragment: ChatToolCallDelta): MergedToolCall {
  const name = fragment.function?.name ?? "";
  const nameGoesOn = call.arguments === "" && !(name === call.name && fragment.id === call.id);
  return {
    id: call.id || (fragment.id ?? ""),
    name: nameGoesOn ? call.name + name : call.name,
    arguments: call.arguments + (fragment.function?.arguments ?? ""),
  };
}

function isWholeJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
