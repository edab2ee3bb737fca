import type { Prompt } from "./prompt.ts";
import { excerpt, pick, type Reply } from "./reply.ts";

/** The trace shown before the answer: what was asked, what is known, how the answer comes about. */
export function composeReasoning(prompt: Prompt, reply: Reply): string {
  const paragraphs = prompt.language === "zh" ? thinkInChinese(prompt, reply) : thinkInEnglish(prompt, reply);
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n\n");
}

function thinkInEnglish(prompt: Prompt, reply: Reply): string[] {
  const asked = excerpt(prompt.text, 220);
  const opening = pick(prompt, 1, [
    `Let me read this carefully. The message says: "${asked}"`,
    `So the request is: "${asked}"`,
    `First, what is actually being asked? The words are: "${asked}"`,
    `The person writes: "${asked}"`,
  ] as const);
  const size = countWords(prompt.text);
  const shape = `That is ${size === 1 ? "one word" : `${size} words`}${
    /[?？]\s*$/.test(prompt.ask) ? ", put as a question" : ""
  }.`;
  const before = prompt.earlier.at(-1);
  const context = [
    before === undefined
      ? ""
      : `This is message ${prompt.earlier.length + 1} of the conversation; before it came "${excerpt(before, 90)}", so the answer should fit what was said already.`,
    prompt.system === "" ? "" : `There is a system message to keep to: "${excerpt(prompt.system, 120)}"`,
  ];
  const plan = pick(prompt, 2, [
    "I will give the result first and the way to it after, and keep it short.",
    "The useful order is: the answer, then what it rests on.",
    "I will answer directly and leave out whatever I cannot back up.",
  ] as const);
  const honesty = pick(prompt, 3, [
    "One more thing: I am the offline stand-in, a set of rules and not Kimi, so I should say so and claim nothing I did not work out.",
    "I am not a language model but the offline stand-in. What I say has to be worked out by rule, and the answer must not pass for Kimi's.",
  ] as const);
  return [
    asked === "" ? "The message has no text." : `${opening} ${shape}`,
    context.filter((sentence) => sentence !== "").join(" "),
    [reply.intent, ...reply.notes].join(" "),
    reply.bare === true ? "The answer has to stand alone, with nothing around it." : `${plan} ${honesty}`,
  ];
}

function thinkInChinese(prompt: Prompt, reply: Reply): string[] {
  const asked = excerpt(prompt.text, 120);
  const opening = pick(prompt, 1, [
    `先看清楚问题：“${asked}”`,
    `用户写的是：“${asked}”`,
    `这次的请求是：“${asked}”`,
  ] as const);
  const before = prompt.earlier.at(-1);
  return [
    `${opening}。一共 ${prompt.text.length} 个字符。`,
    before === undefined
      ? ""
      : `这是对话的第 ${prompt.earlier.length + 1} 条消息，上一条是“${excerpt(before, 50)}”，回答要与前文一致。`,
    [reply.intent, ...reply.notes].join(""),
    reply.bare === true
      ? "答案要单独给出，不加任何别的内容。"
      : "先给结果，再说明依据。我是离线替身，只是一组规则，不是 Kimi，这一点要说明白，没有依据的话不说。",
  ];
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}
