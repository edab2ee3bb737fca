import { type Skill, say } from "../reply.ts";
import { charactersOf, sentencesOf, topWords, wordsOf } from "./text-facts.ts";
import { givenText } from "./text-work.ts";

const wordsPerMinute = 230;
const maxLength = 50_000;

/** Picks the sentences that carry most of a text's frequent words, and counts facts about it. Invents nothing. */
export const summary: Skill = (prompt) => {
  const asksForIt =
    /\b(summar\w+|tl;?dr|key points|main points|gist|shorten|condense|analy[sz]e (this|the) text)\b|总结|摘要|概括|要点/i;
  if (!asksForIt.test(prompt.ask)) return null;
  const text =
    givenText(prompt.text) ?? afterFirstLine(prompt.text) ?? prompt.earlier.at(-1)?.slice(0, maxLength) ?? "";
  const words = wordsOf(text);
  if (words.length < 12) return null;
  const sentences = sentencesOf(text);
  const frequent = topWords(text, 12);
  const kept = mostTelling(sentences, frequent, Math.min(4, Math.max(1, Math.ceil(sentences.length / 4))));
  const minutes = Math.max(1, Math.round(words.length / wordsPerMinute));
  return {
    intent: say(prompt, "They want a text made short.", "需要概括一段文字。"),
    notes: [
      say(
        prompt,
        `It has ${words.length} words in ${sentences.length} sentences. The words that recur are ${frequent.slice(0, 6).join(", ")}. I score each sentence by how many of them it holds for its length, and keep the best ${kept.length} in their order.`,
        `共 ${words.length} 个词、${sentences.length} 句。常见词：${frequent.slice(0, 6).join("、")}。按句子所含常见词打分，保留前 ${kept.length} 句。`,
      ),
    ],
    answer: [
      say(
        prompt,
        "**The sentences that carry most** (quoted, not rewritten):",
        "**最关键的句子**(原文摘录):",
      ),
      kept.map((sentence) => `- ${sentence}`).join("\n"),
      say(
        prompt,
        `**Counted:** ${words.length} words, ${sentences.length} sentences, ${charactersOf(text).length} characters, about ${minutes} min to read. **Recurring:** ${frequent.slice(0, 6).join(", ")}.`,
        `**统计：**${words.length} 个词，${sentences.length} 句，${charactersOf(text).length} 个字符。**常见词：**${frequent.slice(0, 6).join("、")}。`,
      ),
    ].join("\n\n"),
  };
};

function afterFirstLine(text: string): string | null {
  if (text.length > maxLength) return null;
  const rest = text.split("\n").slice(1).join("\n").trim();
  return rest === "" ? null : rest;
}

function mostTelling(sentences: readonly string[], frequent: readonly string[], count: number): string[] {
  const wanted = new Set(frequent);
  const scored = sentences.map((sentence, index) => {
    const words = wordsOf(sentence.toLowerCase());
    const hits = words.filter((word) => wanted.has(word)).length;
    return { sentence, index, score: hits / Math.sqrt(words.length + 4) };
  });
  return scored
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, count)
    .sort((a, b) => a.index - b.index)
    .map(({ sentence }) => sentence);
}
