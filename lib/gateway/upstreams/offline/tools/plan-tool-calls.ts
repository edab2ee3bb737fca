import type { ChatRequest, ChatTool } from "#lib/wire/chat-completions.ts";
import type { Prompt } from "../prompt.ts";
import { say } from "../reply.ts";
import { topWords } from "../skills/text-facts.ts";
import type { ToolCall } from "../turn.ts";
import { type Hints, holdsPlace, readHints } from "./hints.ts";
import { makeValue } from "./make-value.ts";
import { asSchema } from "./schema.ts";

export interface ToolPlan {
  intent: string;
  notes: string[];
  calls: ToolCall[];
}

interface Tool {
  name: string;
  description: string;
  parameters: unknown;
}

const maxCalls = 4;

/** Decides whether to answer with tool calls, and with which. Null when a plain answer is right. */
export function planToolCalls(request: ChatRequest, prompt: Prompt): ToolPlan | null {
  const tools = (request.tools ?? []).flatMap(toTool);
  if (tools.length === 0 || request.tool_choice === "none") return null;
  const hints = readHints(prompt);
  const chosen = chooseTools(request, tools, prompt, hints);
  if (chosen.length === 0) return null;
  const wanted = chosen.flatMap((tool) => callsOf(tool, hints));
  const calls = wanted.slice(0, request.parallel_tool_calls === false ? 1 : maxCalls);
  const names = [...new Set(calls.map(({ name }) => name))].join(", ");
  return {
    intent: say(prompt, `A tool fits this: ${names}.`, `有合适的工具：${names}。`),
    notes: calls.map(({ name, arguments: args }) =>
      say(
        prompt,
        `I will call ${name} with ${args.slice(0, 300)}, taken from the message where it says so.`,
        `调用 ${name}，参数 ${args.slice(0, 300)}。`,
      ),
    ),
    calls,
  };
}

function toTool({ type, function: spec }: ChatTool): Tool[] {
  if (type !== "function" || spec === undefined) return [];
  return [{ name: spec.name, description: spec.description ?? "", parameters: spec.parameters ?? {} }];
}

function chooseTools(request: ChatRequest, tools: readonly Tool[], prompt: Prompt, hints: Hints): Tool[] {
  const choice = request.tool_choice;
  const ranked = rank(tools, prompt, hints);
  if (choice === "required") return ranked[0] === undefined ? tools.slice(0, 1) : [ranked[0].tool];
  const named = typeof choice === "object" && choice !== null ? asSchema(choice.function).name : undefined;
  if (named !== undefined) return tools.filter((tool) => tool.name === named).slice(0, 1);
  if (prompt.toolResults.length > 0) return [];
  const best = ranked[0];
  if (best === undefined) return [];
  const others = ranked.slice(1).filter((entry) => entry.byName && entry.score >= best.score / 2);
  return [best, ...others].map(({ tool }) => tool);
}

interface Ranked {
  tool: Tool;
  score: number;
  /** A telling word of the tool's name was said. */
  byName: boolean;
}

const unspecific = new Set(
  "get set do make run call use tool function new data current given user name type value return returns fetch from with list one id number string text file code".split(
    " ",
  ),
);

/** The tools that share words with the prompt: one of the name, or two of the description and the parameters. */
function rank(tools: readonly Tool[], prompt: Prompt, hints: Hints): Ranked[] {
  const said = [...new Set([...topWords(prompt.ask, 60), ...translated(prompt.ask)])];
  if (hints.expression !== null && /\d/.test(hints.expression)) said.push("calculator", "calculate", "math");
  return tools
    .map((tool) => {
      const nameHits = countShared(splitName(tool.name), said);
      const mentioned = prompt.ask.includes(tool.name);
      const words = [
        ...topWords(tool.description.slice(0, 500), 40),
        ...Object.keys(asSchema(asSchema(tool.parameters).properties))
          .slice(0, 50)
          .flatMap(splitName),
      ];
      const otherHits = countShared(words, said);
      const byName = nameHits > 0 || mentioned;
      return { tool, byName, score: (mentioned ? 10 : 0) + nameHits * 3 + otherHits };
    })
    .filter(({ byName, score }) => byName || score >= 2)
    .sort((a, b) => b.score - a.score);
}

function splitName(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2);
}

function countShared(words: readonly string[], said: readonly string[]): number {
  const telling = [...new Set(words)].filter((word) => !unspecific.has(word));
  return telling.filter((word) => said.some((other) => sameRoot(word, other))).length;
}

function sameRoot(a: string, b: string): boolean {
  if (a === b || `${a}s` === b || `${b}s` === a) return true;
  const shorter = Math.min(a.length, b.length);
  return shorter >= 5 && a.slice(0, Math.max(5, shorter - 2)) === b.slice(0, Math.max(5, shorter - 2));
}

const chineseWords: readonly (readonly [RegExp, string])[] = [
  [/天气|气温/, "weather"],
  [/时间|几点/, "time"],
  [/日期|几号/, "date"],
  [/搜索|查找|查询/, "search"],
  [/计算|算/, "calculate"],
  [/翻译/, "translate"],
  [/邮件/, "email"],
  [/股票|股价/, "stock"],
];

function translated(text: string): string[] {
  return chineseWords.flatMap(([pattern, word]) => (pattern.test(text) ? [word] : []));
}

/** One call, or one for each place named when the tool takes a single place. */
function callsOf(tool: Tool, hints: Hints): ToolCall[] {
  const properties = Object.entries(asSchema(asSchema(tool.parameters).properties));
  const takesOnePlace =
    properties.filter(([name, schema]) => holdsPlace(name) && asSchema(schema).type === "string").length ===
    1;
  const count = takesOnePlace ? Math.max(1, hints.places.length) : 1;
  return Array.from({ length: Math.min(count, maxCalls) }, (_, place) => ({
    name: tool.name,
    arguments: JSON.stringify(makeValue({ type: "object", ...asSchema(tool.parameters) }, hints, place)),
  }));
}
