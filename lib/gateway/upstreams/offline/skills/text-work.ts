import type { Prompt } from "../prompt.ts";
import { type Reply, type Skill, say } from "../reply.ts";
import { charactersOf, sentencesOf, wordsOf } from "./text-facts.ts";

const maxGiven = 50_000;
const maxInstruction = 2000;

interface Operation {
  asked: RegExp;
  name: readonly [english: string, chinese: string];
  run(text: string): string;
}

const operations: readonly Operation[] = [
  {
    asked: /\breverse\b|\bbackwards?\b|反转|倒过来|倒序/i,
    name: ["reverse a text", "反转文字"],
    run: (text) => charactersOf(text).reverse().join(""),
  },
  {
    asked: /\b(upper[- ]?case|all caps|capital letters)\b|大写/i,
    name: ["write a text in upper case", "转成大写"],
    run: (text) => text.toUpperCase(),
  },
  {
    asked: /\blower[- ]?case\b|小写/i,
    name: ["write a text in lower case", "转成小写"],
    run: (text) => text.toLowerCase(),
  },
  {
    asked: /\b(title case|capitali[sz]e)\b/i,
    name: ["capitalise each word", "每个词首字母大写"],
    run: (text) =>
      text.replace(/\p{L}[\p{L}\p{N}'’]*/gu, (word) => `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`),
  },
  {
    asked: /\b(sort|alphabeti[sz]e)\b|排序/i,
    name: ["sort items", "排序"],
    run: (text) => itemsOf(text).sort(byValue).join(", "),
  },
  {
    asked: /\b(unique|de-?duplicate|remove duplicates)\b|去重/i,
    name: ["remove duplicates", "去重"],
    run: (text) => [...new Set(itemsOf(text))].join(", "),
  },
];

/** Reversing, casing, sorting and counting a text that stands in quotes or after a colon. */
export const textWork: Skill = (prompt) => {
  const given = givenText(prompt.text);
  return countLetters(prompt) ?? (given === null ? null : (transform(prompt, given) ?? count(prompt, given)));
};

/** The text to work on: in a code fence, in quotes, or after a colon. Null when there is none of workable length. */
export function givenText(text: string): string | null {
  if (text.length > maxGiven) return null;
  const quoted =
    /```\w*\n([\s\S]+?)\n?```/.exec(text) ??
    /"([^"]+)"|“([^”]+)”|「([^」]+)」|`([^`]+)`|(?:^|\s)'([^']+)'(?=[\s.,?!]|$)/.exec(text);
  const inQuotes = quoted?.slice(1).find((group) => group !== undefined);
  if (inQuotes !== undefined) return inQuotes;
  const afterColon = /[:：]\s*([\s\S]+)$/.exec(text.replace(/https?:\/\//g, ""))?.[1]?.trim();
  return afterColon === undefined || afterColon === "" ? null : afterColon;
}

function instructionOf({ text }: Prompt, given: string): string {
  return text.replace(given, () => " ").slice(0, maxInstruction);
}

function transform(prompt: Prompt, given: string): Reply | null {
  const instruction = instructionOf(prompt, given);
  if (
    /\b(function|code|program|script|python|javascript|typescript|rust|golang|java|one-liner)\b|代码|函数/i.test(
      instruction,
    )
  ) {
    return null;
  }
  const operation = operations.find(({ asked }) => asked.test(instruction));
  if (operation === undefined) return null;
  const result = operation.run(given);
  return {
    intent: say(prompt, `They want me to ${operation.name[0]}.`, `需要${operation.name[1]}。`),
    notes: [
      say(
        prompt,
        `The text to work on is ${charactersOf(given).length} characters long. I count what a reader sees as one character, so an emoji or an accented letter stays whole.`,
        `要处理的文字有 ${charactersOf(given).length} 个字符，按读者所见的字符计算。`,
      ),
    ],
    answer: result.includes("\n") ? `\`\`\`text\n${result}\n\`\`\`` : `**${result}**`,
  };
}

function countLetters(prompt: Prompt): Reply | null {
  const match =
    /how many (?:times does )?(?:the )?(?:letter |letters )?["'“]?(\p{L})["'”]?(?:['’]?s)?\s+(?:are |is |occur |appear )?(?:there )?in (?:the word )?["'“]?([\p{L}\p{M}'-]+)/iu.exec(
      prompt.ask,
    ) ?? null;
  const [, letter, word] = match ?? [];
  if (letter === undefined || word === undefined) return null;
  const characters = charactersOf(word);
  const places = characters.flatMap((character, index) =>
    character.toLowerCase() === letter.toLowerCase() ? [index + 1] : [],
  );
  const spelled = characters
    .map((character, index) => (places.includes(index + 1) ? `**${character}**` : character))
    .join(" ");
  return {
    intent: `They want to know how often the letter "${letter}" stands in "${word}".`,
    notes: [
      `Letter by letter: ${characters.join(", ")}.`,
      places.length === 0 ? "It does not occur." : `It stands at ${places.join(", ")}.`,
    ],
    answer: `**${places.length}**: ${spelled}`,
  };
}

function count(prompt: Prompt, given: string): Reply | null {
  const instruction = instructionOf(prompt, given);
  if (!/\b(how many|count|number of|how long)\b|多少(个)?字|几个字|统计|字数/i.test(instruction)) return null;
  const characters = charactersOf(given);
  const facts = [
    [say(prompt, "Words", "词"), wordsOf(given).length],
    [say(prompt, "Characters", "字符"), characters.length],
    [
      say(prompt, "Characters without spaces", "不含空格的字符"),
      characters.filter((character) => character.trim() !== "").length,
    ],
    [say(prompt, "Sentences", "句子"), sentencesOf(given).length],
    [say(prompt, "Lines", "行"), given.split("\n").length],
  ] as const;
  const rows = facts.map(([name, value]) => `| ${name} | ${value} |`).join("\n");
  return {
    intent: say(prompt, "They want a text counted.", "需要统计一段文字。"),
    notes: [
      say(
        prompt,
        "I go through it once and count words, characters, sentences and lines.",
        "从头到尾数一遍词、字符、句子和行。",
      ),
    ],
    answer: `| ${say(prompt, "What", "项目")} | ${say(prompt, "Count", "数量")} |\n|---|---:|\n${rows}`,
  };
}

function itemsOf(text: string): string[] {
  return text
    .split(/[,;，、；\n]+/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function byValue(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, "en") : x - y;
}
