import { countTokens, splitIntoTokens, type TokenPiece } from "#lib/models/tokenizer.ts";
import type { Turn } from "./turn.ts";

export interface LimitedToolCall {
  name: string;
  arguments: readonly TokenPiece[];
}

/** What is sent: a turn cut to its limits, token by token. */
export interface LimitedTurn {
  reasoning: readonly TokenPiece[];
  content: readonly TokenPiece[];
  toolCalls: readonly LimitedToolCall[];
  finishReason: "stop" | "length" | "tool_calls";
  /** Reasoning included. Equal to a recount of the texts that are sent. */
  completionTokens: number;
  reasoningTokens: number;
}

/**
 * Cuts a turn at the first stop sequence of its content (which is left out) and at `maxTokens`, shared by reasoning,
 * content, and the names and arguments of tool calls, in this order.
 */
export function limitTurn(turn: Turn, limits: { maxTokens: number; stop: readonly string[] }): LimitedTurn {
  const { content, stopped } = cutAtStop(turn.content, limits.stop);
  const budget = createBudget(limits.maxTokens);
  const reasoning = budget.spend(turn.reasoning);
  const reasoningTokens = budget.spent();
  const contentPieces = budget.spend(content);
  const toolCalls: LimitedToolCall[] = [];
  for (const call of stopped ? [] : turn.toolCalls) {
    if (!budget.spendWhole(call.name)) break;
    toolCalls.push({ name: call.name, arguments: budget.spend(call.arguments) });
  }
  const complete = toolCalls.length > 0 ? "tool_calls" : "stop";
  return {
    reasoning,
    content: contentPieces,
    toolCalls,
    finishReason: budget.exceeded() ? "length" : complete,
    completionTokens: budget.spent(),
    reasoningTokens,
  };
}

function cutAtStop(text: string, stop: readonly string[]): { content: string; stopped: boolean } {
  const hits = stop.filter((sequence) => sequence !== "").map((sequence) => text.indexOf(sequence));
  const first = Math.min(...hits.filter((at) => at >= 0));
  return Number.isFinite(first)
    ? { content: text.slice(0, first), stopped: true }
    : { content: text, stopped: false };
}

function createBudget(maxTokens: number) {
  let left = maxTokens;
  let exceeded = false;

  return {
    exceeded: () => exceeded,
    spent: () => maxTokens - left,
    spend(text: string): TokenPiece[] {
      if (exceeded) return [];
      const pieces = splitIntoTokens(text);
      let tokens = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
      if (tokens > left) {
        exceeded = true;
        tokens = trim(pieces, left);
      }
      left -= tokens;
      return pieces;
    },
    spendWhole(text: string): boolean {
      const tokens = countTokens(text);
      exceeded ||= tokens > left;
      if (!exceeded) left -= tokens;
      return !exceeded;
    },
  };
}

// A text cut between two tokens may count differently as a whole, so what remains is counted afresh.
function trim(pieces: TokenPiece[], maxTokens: number): number {
  let tokens = 0;
  const kept = pieces.findIndex((piece) => {
    tokens += piece.tokens;
    return tokens > maxTokens;
  });
  if (kept >= 0) pieces.length = kept;
  const recount = () => countTokens(pieces.map((piece) => piece.text).join(""));
  let count = recount();
  while (count > maxTokens) {
    pieces.pop();
    count = recount();
  }
  return count;
}
