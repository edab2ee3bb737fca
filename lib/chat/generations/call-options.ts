import { type JSONValue, Output } from "ai";
import type { ChatOptions } from "../default-options.ts";
import { goesOnFrom } from "../history.ts";
import type { MessageParts } from "../message.ts";
import { modelOptions } from "./gateway-model.ts";

/** A model that was not told in words to write JSON may write anything else first. */
const jsonInstruction = "Answer with JSON alone: no text around it and no Markdown fence.";

export interface CallOptions {
  maxOutputTokens?: number;
  output: ReturnType<typeof Output.text>;
  providerOptions: { openai: Record<string, JSONValue> };
}

/**
 * The chat's options as the SDK takes them. `continued` are the parts of the answer that is gone on with: one cut in
 * mid-sentence goes on with its next word, not with new thoughts, and its rest is no JSON of its own; one cut in its thoughts by a
 * maximum length answers from them, or it would be cut there again.
 */
export function callOptions(options: ChatOptions, continued: MessageParts | null): CallOptions {
  const { maxOutputTokens, systemPrompt } = options;
  const from = continued === null ? null : goesOnFrom(continued);
  const json = options.answer === "json" && from !== "text";
  const instructions = [systemPrompt.trim(), json ? jsonInstruction : ""].filter((text) => text !== "");
  const cutInThoughts =
    from === "nothing" && maxOutputTokens !== null && continued?.some((part) => part.type === "reasoning");
  const thinks = options.thinking && from !== "text" && !cutInThoughts;
  return {
    ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
    output: json ? asJson(options) : Output.text(),
    providerOptions: {
      openai: {
        ...modelOptions(thinks ? (options.effort ?? undefined) : "none").openai,
        ...(instructions.length === 0 ? {} : { instructions: instructions.join("\n\n") }),
      },
    },
  };
}

/** Asked for as JSON and read as text: the person sees what the model wrote, whatever it is. */
function asJson({ jsonSchema }: ChatOptions): CallOptions["output"] {
  const schema = jsonSchema === null ? {} : { name: "answer", schema: jsonSchema };
  return { ...Output.text(), responseFormat: Promise.resolve({ type: "json", ...schema }) };
}
