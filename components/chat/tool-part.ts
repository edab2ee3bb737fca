import type { ChatChunk } from "#lib/chat/message.ts";
import { type PartFields, present } from "./part-fields.ts";

export type ToolChunk = Extract<ChatChunk, { toolCallId: string }>;

/** What a call's state decides; all of it is replaced when the state changes. */
interface CallState {
  state: "input-streaming" | "input-available" | "output-available" | "output-error";
  input?: unknown;
  output?: unknown;
  errorText?: string;
  rawInput?: unknown;
  preliminary?: boolean | undefined;
}

const noState = {
  input: undefined,
  output: undefined,
  errorText: undefined,
  rawInput: undefined,
  preliminary: undefined,
};

/** The part of a call that begins with this chunk. */
export function newToolPart(chunk: Extract<ToolChunk, { toolName: string }>): PartFields {
  const { toolCallId, toolName, dynamic } = chunk;
  const name = dynamic ? { type: "dynamic-tool", toolName } : { type: `tool-${toolName}` };
  return { ...name, toolCallId };
}

/** The part of a call after a chunk of its log, as the AI SDK's reader has it. Arguments in pieces are gathered in `rawInput`. */
export function withToolChunk(part: PartFields, chunk: ToolChunk): PartFields {
  switch (chunk.type) {
    case "tool-input-start":
      return inState(part, chunk, { state: "input-streaming" });
    case "tool-input-delta":
      return { ...part, rawInput: `${part.rawInput ?? ""}${chunk.inputTextDelta}` };
    case "tool-input-available":
      return inState(part, chunk, { state: "input-available", input: chunk.input });
    case "tool-input-error": {
      // The AI SDK does not take its title.
      const { title: _, ...untitled } = chunk;
      const { input, errorText } = chunk;
      return inState(part, untitled, { state: "output-error", input, errorText });
    }
    case "tool-output-available": {
      const { output, preliminary } = chunk;
      return inState(part, chunk, { state: "output-available", input: part.input, output, preliminary });
    }
    case "tool-output-error": {
      const raw = part.type === "dynamic-tool" ? {} : { rawInput: part.rawInput };
      const { errorText } = chunk;
      return inState(part, chunk, { state: "output-error", input: part.input, errorText, ...raw });
    }
    case "tool-output-denied":
      return { ...part, state: "output-denied" };
    case "tool-approval-request":
      return { ...part, state: "approval-requested", approval: approvalOf(chunk) };
  }
}

function inState(part: PartFields, chunk: object, now: CallState): PartFields {
  const { title, toolMetadata, providerExecuted, providerMetadata }: Record<string, unknown> = { ...chunk };
  const ended = now.state === "output-available" || now.state === "output-error";
  return present({
    ...part,
    ...noState,
    ...now,
    ...present({
      title,
      toolMetadata,
      providerExecuted,
      [ended ? "resultProviderMetadata" : "callProviderMetadata"]: providerMetadata,
    }),
  });
}

function approvalOf(chunk: Extract<ToolChunk, { type: "tool-approval-request" }>): object {
  const { approvalId, approvalDescriptor, reason, isAutomatic, signature } = chunk;
  return present({
    id: approvalId,
    descriptor: approvalDescriptor,
    requestReason: reason,
    isAutomatic: isAutomatic === true ? true : undefined,
    signature,
  });
}
