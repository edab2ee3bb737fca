import { convertToModelMessages, isToolUIPart, type ModelMessage, type ToolSet } from "ai";
import { sealReasoning } from "#lib/wire/responses/sealed-reasoning.ts";
import type { MessageParts, StoredMessage } from "./message.ts";

type Part = MessageParts[number];

const thoughtsKeptChars = 12_000;

const continueInstruction =
  "Your previous answer was cut off. Continue it from exactly where it stopped: repeat nothing, add no preamble, and keep its formatting.";

export interface HistoryOptions {
  /** Whether the path ends in the answer to go on with. */
  continuing: boolean;
  /** Those the model is offered: some show it less of their result than is stored. */
  tools?: ToolSet;
}

/**
 * What the model is shown for a path of the tree. Answers that hold nothing for it (failed before the first word, or cut
 * while thinking) are left out. An answer to go on with is followed by an instruction, unless it ends in a tool's result.
 */
export async function toModelMessages(
  path: readonly StoredMessage[],
  options: HistoryOptions = { continuing: false },
): Promise<ModelMessage[]> {
  const last = options.continuing ? path.at(-1) : undefined;
  const shown = path.filter((message) => message.role === "user" || hasAnswer(message.parts));
  const messages = await convertToModelMessages(
    shown.map((message) => ({
      id: message.id,
      role: message.role,
      parts:
        message.role === "user"
          ? message.parts
          : withSeals(message.id, replayed(message.parts, message === last)),
    })),
    { ignoreIncompleteToolCalls: true, ...(options.tools && { tools: options.tools }) },
  );
  if (last?.role !== "assistant" || goesOnFrom(last.parts) === "tools") return messages;
  return [...messages, { role: "user", content: continuation(last.parts) }];
}

/** Where an answer that ended early is gone on from: results of tools, its text, or nothing that was said. */
export function goesOnFrom(parts: MessageParts): "tools" | "text" | "nothing" {
  const last = parts.findLast((part) => isToolUIPart(part) || isSaid(part));
  if (!last || !hasAnswer(parts)) return "nothing";
  return last.type === "text" ? "text" : "tools";
}

function isSaid(part: Part): boolean {
  return part.type === "text" && part.text.trim() !== "";
}

/** Whether the parts hold something the model can go on from: an answer begun, or what became of a tool's call. */
function hasAnswer(parts: MessageParts): boolean {
  return parts.some(
    (part) => isSaid(part) || (isToolUIPart(part) && part.state.startsWith("output-")) || isDecided(part),
  );
}

function isDecided(part: Part): boolean {
  return isToolUIPart(part) && part.state === "approval-responded";
}

/** The parts of an answer that the model is shown. `goesOn`: approved calls are still to be run. */
function replayed(parts: MessageParts, goesOn: boolean): MessageParts {
  const kept = parts
    .filter((part) => !isEmpty(part) && !isUnfinished(part, goesOn))
    .map((part) => withReason(named(part)));
  // Thoughts that led to nothing have nothing to stand before.
  const end = kept.findLastIndex((part) => part.type !== "reasoning" && part.type !== "step-start");
  return kept.slice(0, end + 1);
}

/** Imported answers may hold pictures, which this model can only be shown by a person: their names stand for them. */
function named(part: Part): Part {
  if (part.type !== "file") return part;
  return { type: "text", text: `[A picture: ${part.filename ?? part.mediaType}]` };
}

function isEmpty(part: Part): boolean {
  return (part.type === "text" || part.type === "reasoning") && part.text === "";
}

/** A call whose arguments never came to an end, or that was decided on and never run. */
function isUnfinished(part: Part, goesOn: boolean): boolean {
  if (!isToolUIPart(part)) return false;
  return part.state === "output-error" ? part.input === undefined : isDecided(part) && !goesOn;
}

/**
 * Thoughts without the seal that a finished item has (cut short, imported, of an older version) get one: the SDK leaves out what has none,
 * and a call of a tool without the thoughts before it is refused.
 */
function withSeals(messageId: string, parts: MessageParts): MessageParts {
  const itemOf = (part: Part) =>
    part.type === "reasoning" ? part.providerMetadata?.openai?.itemId : undefined;
  const sealed = new Set(
    parts.flatMap((part) =>
      part.type === "reasoning" &&
      typeof part.providerMetadata?.openai?.reasoningEncryptedContent === "string"
        ? [itemOf(part)]
        : [],
    ),
  );
  return parts.map((part, index) => {
    if (part.type !== "reasoning") return part;
    const itemId = itemOf(part);
    if (typeof itemId === "string" && sealed.has(itemId)) return part;
    const openai = {
      itemId: `rs_${messageId}_${index}`,
      reasoningEncryptedContent: sealReasoning(part.text),
    };
    return { ...part, providerMetadata: { ...part.providerMetadata, openai } };
  });
}

/** A denial, told to the model in a sentence. */
function withReason(part: Part): Part {
  if (!isToolUIPart(part)) return part;
  if (part.state === "output-denied") {
    return { ...part, approval: { ...part.approval, reason: denial(part.approval.reason) } };
  }
  if (part.state === "approval-responded" && !part.approval.approved) {
    return { ...part, approval: { ...part.approval, reason: denial(part.approval.reason) } };
  }
  return part;
}

function denial(reason: string | undefined): string {
  const why = reason === undefined ? "They gave no reason." : `Their reason: "${reason}".`;
  return `The person did not allow this call, and it was not made. ${why} Do not repeat it unless they ask for it.`;
}

function continuation(parts: MessageParts): string {
  if (hasAnswer(parts)) return continueInstruction;
  const thoughts = parts.flatMap((part) => (part.type === "reasoning" ? [part.text] : [])).join("\n\n");
  if (thoughts.trim() === "") return "Your previous answer was cut off before its first word. Answer now.";
  return `Your previous answer was cut off while you were still thinking. Think no further than needed and answer now. Your thoughts so far ended:\n\n${thoughts.slice(-thoughtsKeptChars)}`;
}
