import { convertToModelMessages, isToolUIPart, type ModelMessage } from "ai";
import type { MessageParts, StoredMessage } from "./message.ts";

const thoughtsKeptChars = 12_000;

const continueInstruction =
  "Your previous answer was cut off. Continue it from exactly where it stopped: repeat nothing, add no preamble, and keep its formatting.";

/**
 * What the model is shown for a path of the tree. Answers that hold nothing for it (failed before the first word, or cut
 * while thinking) are left out. With `continuing` the path ends in the answer to go on with, and an instruction follows.
 */
export async function toModelMessages(
  path: readonly StoredMessage[],
  options: { continuing: boolean } = { continuing: false },
): Promise<ModelMessage[]> {
  const shown = path.filter((message) => message.role === "user" || hasAnswer(message.parts));
  const messages = await convertToModelMessages(
    shown.map(({ id, role, parts }) => ({ id, role, parts: parts.filter(isReplayed) })),
    { ignoreIncompleteToolCalls: true },
  );
  const last = path.at(-1);
  if (!options.continuing || last?.role !== "assistant") return messages;
  return [...messages, { role: "user", content: continuation(last.parts) }];
}

/** Whether the parts hold something the model can go on from: an answer begun, or a tool's result. */
export function hasAnswer(parts: MessageParts): boolean {
  return parts.some(
    (part) =>
      (part.type === "text" && part.text.trim() !== "") ||
      (isToolUIPart(part) && (part.state === "output-available" || part.state === "output-error")),
  );
}

function isReplayed(part: MessageParts[number]): boolean {
  return !((part.type === "text" || part.type === "reasoning") && part.text === "");
}

function continuation(parts: MessageParts): string {
  if (hasAnswer(parts)) return continueInstruction;
  const thoughts = parts.flatMap((part) => (part.type === "reasoning" ? [part.text] : [])).join("\n\n");
  if (thoughts.trim() === "") return "Your previous answer was cut off before its first word. Answer now.";
  return `Your previous answer was cut off while you were still thinking. Think no further than needed and answer now. Your thoughts so far ended:\n\n${thoughts.slice(-thoughtsKeptChars)}`;
}
