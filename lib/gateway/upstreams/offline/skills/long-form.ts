import type { Prompt } from "../prompt.ts";
import { excerpt, type Reply, type Skill, say } from "../reply.ts";
import { chineseEssay, essay } from "./essay.ts";

const maxCount = 2000;

/** Long output on request, so that streaming, stopping and resuming can be seen. */
export const longForm: Skill = (prompt) => countUp(prompt) ?? article(prompt);

function countUp(prompt: Prompt): Reply | null {
  const match =
    /\bcount(?:ing)?\b(?:\s+(?:out loud|slowly|up))?(?:\s+from\s+(-?\d+))?\s+(?:up |down )?to\s+(-?\d+)/i.exec(
      prompt.ask,
    ) ??
    /从\s*(-?\d+)\s*数到\s*(-?\d+)/.exec(prompt.ask) ??
    /数到()\s*(-?\d+)/.exec(prompt.ask);
  if (match === null) return null;
  const first = match[1] === undefined || match[1] === "" ? 1 : Number(match[1]);
  const asked = Number(match[2]);
  const step = asked < first ? -1 : 1;
  const last = Math.abs(asked - first) < maxCount ? asked : first + step * (maxCount - 1);
  const numbers = Array.from({ length: Math.abs(last - first) + 1 }, (_, index) => first + step * index);
  const rows: string[] = [];
  for (let at = 0; at < numbers.length; at += 10) rows.push(numbers.slice(at, at + 10).join(", "));
  const cut =
    last === asked
      ? ""
      : say(prompt, `\n\nI stop after ${maxCount} numbers.`, `\n\n数到第 ${maxCount} 个为止。`);
  return {
    intent: say(
      prompt,
      `They want me to count from ${first} to ${asked}.`,
      `需要从 ${first} 数到 ${asked}。`,
    ),
    notes: [
      say(
        prompt,
        `That is ${numbers.length} numbers; ten to a line reads well. It is long enough to watch the stream, stop it, or reload in the middle.`,
        `一共 ${numbers.length} 个数，每行十个。`,
      ),
    ],
    answer: `${rows.join(",  \n")}${cut}`,
  };
}

function article(prompt: Prompt): Reply | null {
  const asked =
    /\b(write|tell|give|compose|generate|produce)\b[\s\S]*\b(long|essay|article|story|blog ?post|report|chapter|novel|\d{3,5}[- ]words?|pages?|detailed)\b|写一?(篇|个|段)?.*(长|文章|故事|作文|小说|报告)/i;
  if (!asked.test(prompt.ask)) return null;
  const sections = prompt.language === "zh" ? chineseEssay : essay;
  const words = Number(/(\d{3,5})[- ]words?/i.exec(prompt.ask)?.[1] ?? Number.POSITIVE_INFINITY);
  const chosen = upToWords(sections, words);
  const body = chosen.map(([heading, text]) => `## ${heading}\n\n${text}`).join("\n\n");
  return {
    intent: say(prompt, "They want a long text.", "需要一篇长文。"),
    notes: [
      say(
        prompt,
        `I cannot compose on a subject of their choosing, but I have a long text of my own about how a streamed answer works. It has ${chosen.length} sections, which serves to watch streaming, stopping and resuming.`,
        "我不能按任意题目写作，但有一篇关于流式回答的长文，可以用来观察流式输出、停止和恢复。",
      ),
    ],
    answer: `${say(
      prompt,
      `I cannot write to order without a model, so this is not “${excerpt(prompt.text, 80)}”. It is a long text I do have, about what is happening on your screen right now.`,
      "没有连接模型，我不能按题写作。下面是我现成的一篇长文，讲的是此刻屏幕上正在发生的事。",
    )}\n\n# ${say(prompt, "One token at a time", "一个词元接一个词元")}\n\n${body}`,
  };
}

function upToWords<T extends readonly [string, string]>(sections: readonly T[], words: number): T[] {
  const chosen: T[] = [];
  let count = 0;
  for (const section of sections) {
    if (count >= words) break;
    chosen.push(section);
    count += section[1].split(" ").length;
  }
  return chosen;
}
