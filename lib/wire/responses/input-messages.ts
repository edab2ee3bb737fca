import type { ChatContentPart, ChatMessage, ChatToolCall } from "../chat-completions.ts";
import type { ResponsesContent, ResponsesInputItem, ResponsesReasoningInput } from "./request.ts";
import { openReasoning } from "./sealed-reasoning.ts";

/**
 * Input items as chat messages. The items of one assistant turn (reasoning, text, function calls) become one message. Reasoning
 * that neither text nor a call follows (a turn cut off while thinking) is left out: chat completions has no place for it.
 */
export function toChatMessages(input: string | readonly ResponsesInputItem[]): ChatMessage[] {
  if (typeof input === "string") return [{ role: "user", content: input }];
  const messages: ChatMessage[] = [];
  let turn: Turn | null = null;

  const endTurn = () => {
    if (turn) messages.push(...toAssistantMessage(turn));
    turn = null;
  };

  for (const item of input) {
    switch (item.type) {
      case "reasoning":
        turn = withReasoning(turn ?? newTurn(), item);
        break;
      case "function_call":
        turn = withCall(turn ?? newTurn(), item);
        break;
      case "function_call_output":
        endTurn();
        messages.push({ role: "tool", tool_call_id: item.call_id, content: toContent(item.output) });
        break;
      case "message":
        if (item.role !== "assistant" || turn?.last === "text") endTurn();
        if (item.role === "assistant") turn = withText(turn ?? newTurn(), item.content);
        else messages.push({ role: item.role, content: toContent(item.content) });
    }
  }
  endTurn();
  return messages;
}

interface Turn {
  reasoning: string;
  text: string;
  calls: ChatToolCall[];
  last: "nothing" | "reasoning" | "text" | "call";
}

function newTurn(): Turn {
  return { reasoning: "", text: "", calls: [], last: "nothing" };
}

// A turn that went on thinking after it had spoken comes as several reasoning items with something between them, cut at an
// arbitrary character; neighbouring ones are separate thoughts.
function withReasoning(turn: Turn, item: ResponsesReasoningInput): Turn {
  const next = reasoningText(item);
  const separator = turn.last === "reasoning" && turn.reasoning && next ? "\n\n" : "";
  return { ...turn, reasoning: turn.reasoning + separator + next, last: "reasoning" };
}

function withText(turn: Turn, content: ResponsesContent): Turn {
  const text = typeof content === "string" ? content : content.map(partText).join("");
  return { ...turn, text: turn.text + text, last: "text" };
}

function withCall(turn: Turn, item: { call_id: string; name: string; arguments: string }): Turn {
  const call = {
    id: item.call_id,
    type: "function",
    function: { name: item.name, arguments: item.arguments },
  };
  return { ...turn, calls: [...turn.calls, call], last: "call" };
}

function toAssistantMessage({ reasoning, text, calls }: Turn): ChatMessage[] {
  if (!text && calls.length === 0) return [];
  return [
    {
      role: "assistant",
      content: text || null,
      ...(reasoning && { reasoning_content: reasoning }),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
  ];
}

function reasoningText(item: ResponsesReasoningInput): string {
  const exact = item.encrypted_content ? openReasoning(item.encrypted_content) : null;
  if (exact !== null) return exact;
  const shown = item.summary?.length ? item.summary : (item.content ?? []);
  return shown.map((part) => part.text).join("\n\n");
}

function toContent(content: ResponsesContent): string | ChatContentPart[] {
  if (typeof content === "string") return content;
  const [only, ...more] = content;
  if (more.length === 0 && only?.type !== "input_image") return only ? partText(only) : "";
  return content.map(toChatPart);
}

type ResponsesPart = Exclude<ResponsesContent, string>[number];

function toChatPart(part: ResponsesPart): ChatContentPart {
  if (part.type !== "input_image") return { type: "text", text: partText(part) };
  return {
    type: "image_url",
    image_url: { url: part.image_url, ...(part.detail && { detail: part.detail }) },
  };
}

function partText(part: ResponsesPart): string {
  if (part.type === "input_image") return "";
  return part.type === "refusal" ? part.refusal : part.text;
}
