import { languageOf } from "../prompt.ts";
import { type Skill, say } from "../reply.ts";
import { topWords } from "./text-facts.ts";

const asksForThem =
  /\b(suggest|propose|write|give|list)\b.{0,80}\b(follow-?ups?|next questions?|(?:ask|say)(?: or (?:ask|say))? next)\b|追问|后续问题/i;
/** It can answer these itself; what goes deeper into a subject it could only refuse. */
const answerable = {
  en: ["What can you do?", "Show me a Markdown demo"],
  zh: ["你能做什么？", "演示 Markdown 表格"],
};

/** What could be said next: a word of the conversation taken up, and what this stand-in can really answer. */
export const followUps: Skill = (prompt) => {
  const bySystem = prompt.system.length < 1500 && asksForThem.test(prompt.system);
  if (!bySystem && !asksForThem.test(prompt.ask)) return null;
  const language = languageOf(bySystem ? prompt.text : prompt.ask);
  const [word] = topWords(prompt.text.replace(/^(Person|Assistant):$/gm, ""), 1);
  const counted = word === undefined ? [] : [language === "zh" ? `反转“${word}”` : `Reverse "${word}"`];
  return {
    intent: say(prompt, "They want messages that could come next.", "需要几条可以接着说的话。"),
    notes: [
      say(
        prompt,
        "I cannot tell where a conversation should go, so I name what I can answer.",
        "我无法判断对话的方向，只列出自己能回答的内容。",
      ),
    ],
    answer: [...counted, ...answerable[language]].join("\n"),
    bare: true,
  };
};
