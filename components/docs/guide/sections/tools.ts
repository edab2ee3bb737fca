import { note, paragraph, type Section } from "../blocks.ts";
import type { SectionFacts } from "../facts.ts";
import { codeOf } from "../snippets/code-of.ts";

export function toolSections(facts: SectionFacts): Section[] {
  return [toolCalling(facts), streamingToolCalls(facts)];
}

function toolCalling({ snippets, offline }: SectionFacts): Section {
  return {
    id: "tool-calling",
    title: "Tool calling",
    blocks: [
      paragraph(
        "Describe your functions in `tools`. When the model wants one it answers with `tool_calls` and `finish_reason` `tool_calls`; your program runs it and sends the result as a message of role `tool`; the model then answers, or asks for the next one. It may ask for several at once: answer each by its `tool_call_id`.",
      ),
      codeOf(snippets, "tools-python", "tools-node", "tools-ai-sdk"),
      note(
        "**AI SDK:** with its default settings, later steps of a tool loop over `/v1/responses` refer to earlier items (`item_reference`), which the gateway keeps for you: see [Responses API](#responses). With `providerOptions: { openai: { store: false } }` nothing is kept, and the SDK sends the items themselves.",
      ),
      paragraph(
        "The model wants its thoughts back with its tool calls. The OpenAI SDK keeps `reasoning_content` when you append the message as you received it. Where a client drops it, the gateway puts in the shortest value that the model accepts, so the request still works.",
      ),
      ...(offline
        ? [
            note(
              "**Offline stand-in:** it calls a tool whose name or description shares words with the message, and fills the arguments from the message. Then it reports the result instead of reasoning about it.",
            ),
          ]
        : []),
    ],
  };
}

function streamingToolCalls({ snippets }: SectionFacts): Section {
  return {
    id: "streaming-tool-calls",
    title: "Streaming tool calls",
    blocks: [
      paragraph(
        "In a stream the arguments arrive in fragments. The first fragment of a call has its `id` and `name`, the others only text. Join them by `index`, and parse them once `finish_reason` has come.",
      ),
      codeOf(snippets, "streaming-tools-events"),
      codeOf(snippets, "streaming-tools-node"),
    ],
  };
}
