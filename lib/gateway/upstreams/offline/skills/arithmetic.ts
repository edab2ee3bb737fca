import { type Reply, type Skill, say } from "../reply.ts";
import { evaluate } from "./exact-arithmetic.ts";

const wordsForSigns: readonly (readonly [RegExp, string])[] = [
  [/(\d),(?=\d{3}\b)/g, "$1"],
  [/square root of\s*(\d+(?:\.\d+)?)/gi, "sqrt($1)"],
  [/√\s*(\d+(?:\.\d+)?)/g, "sqrt($1)"],
  [/(\d+(?:\.\d+)?)\s*(?:%|percent)\s*of\s*/gi, "$1/100*"],
  [/\bto the power of\b|\*\*/gi, "^"],
  [/\bsquared\b/gi, "^2"],
  [/\bcubed\b/gi, "^3"],
  [/\bplus\b|加上?/gi, "+"],
  [/\bminus\b|减去?|[−–](?=\s*\d)/gi, "-"],
  [/\btimes\b|\bmultiplied by\b|×|乘以?|·/gi, "*"],
  [/(\d)\s*x\s*(?=\d)/gi, "$1*"],
  [/\bdivided by\b|÷|除以/gi, "/"],
  [/\bmod(?:ulo)?\b/gi, "%"],
];

const asksForNumber =
  /\b(what|calc\w*|comput\w*|how much|evaluate|solve|work out|result|equals?|sum|product|tell)\b|=|多少|等于|计算|算/i;

/** Arithmetic, in signs or in words: "What is 17 × 23 + 4?", "20% of 350", "(3+4)^2". */
export const arithmetic: Skill = (prompt) => {
  if (prompt.text.length > 400) return null;
  const text = wordsForSigns.reduce((line, [words, sign]) => line.replace(words, sign), prompt.text);
  const expression = findExpression(text);
  if (expression === null) return null;
  const onlyExpression = text.replace(/[\s=?？.。]/g, "") === expression.replace(/\s/g, "");
  if (!onlyExpression && !asksForNumber.test(text)) return null;
  const result = evaluate(expression);
  if (result === null) return null;
  const shown = expression.replace(/\*/g, "×").replace(/\//g, "÷").replace(/\s+/g, " ").trim();
  const steps = result.steps.slice(0, 12);
  const relation = result.exact ? "=" : "≈";
  const reply: Reply = {
    intent: say(prompt, `This is arithmetic: ${shown}.`, `这是一道算术题：${shown}。`),
    notes: [
      say(
        prompt,
        `Brackets first, then powers, then products, then sums. ${steps.join("; ")}. I keep fractions the whole way, so nothing is rounded before the end.`,
        `先括号，再乘方，再乘除，最后加减。${steps.join(";")}。全程用分数计算，中途不取整。`,
      ),
    ],
    answer: `**${shown} ${relation} ${result.text}**`,
  };
  if (steps.length < 2) return reply;
  const heading = say(prompt, "Step by step:", "步骤：");
  const list = steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
  return { ...reply, answer: `${reply.answer}\n\n${heading}\n\n${list}` };
};

function findExpression(text: string): string | null {
  const candidates = text.match(/(?:sqrt\s*\(|[-(\d.])(?:sqrt|[\d\s.+\-*/%^!()])*/g) ?? [];
  const found = candidates
    .map((candidate) => candidate.replace(/[\s.]+$/, "").trim())
    .filter((candidate) => /\d/.test(candidate) && /\d\s*[-+*/%^]\s*[-(\d.s]|sqrt|\d!/.test(candidate))
    .filter((candidate) => !/^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/.test(candidate))
    .sort((a, b) => b.length - a.length);
  return found[0] ?? null;
}
