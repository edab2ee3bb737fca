import { type Skill, say } from "../reply.ts";
import { topWords } from "./text-facts.ts";
import { givenText } from "./text-work.ts";

const asksForTitle =
  /\b(title|headline)\b.{0,80}\b(for|of|this|conversation|chat|message)\b|\b(write|give|suggest|generate|create|make|reply with|answer with|name)\b.{0,60}\b(title|headline)\b|标题/i;
const maxWords = 6;

/** A title for a conversation or a text: nothing but the title. */
export const title: Skill = (prompt) => {
  const bySystem = prompt.system.length < 1500 && asksForTitle.test(prompt.system);
  if (!bySystem && !(asksForTitle.test(prompt.ask) && !/title case/i.test(prompt.ask))) return null;
  const subject = bySystem ? prompt.text : (givenText(prompt.text) ?? prompt.earlier[0] ?? prompt.text);
  const firstLine = subject.slice(0, 300).trim().split("\n")[0] ?? "";
  const isChinese = /\p{Script=Han}/u.test(firstLine);
  const words = firstLine.replace(/^["“'「]+|["”'」?!.？！。]+$/gu, "").split(/\s+/);
  const short = isChinese
    ? [...words.join(" ")].slice(0, 16).join("")
    : words.length <= maxWords
      ? words.join(" ")
      : topWords(firstLine, maxWords - 1).join(" ");
  const text =
    short === "" ? say(prompt, "Untitled", "未命名") : `${short[0]?.toUpperCase() ?? ""}${short.slice(1)}`;
  return {
    intent: say(prompt, "They want a short title.", "需要一个简短的标题。"),
    notes: [say(prompt, "The words that carry the meaning make it.", "取最能表达内容的词。")],
    answer: text,
    bare: true,
  };
};
