import { type Skill, say } from "../reply.ts";
import { snippets } from "./snippets.ts";

const languages: readonly (readonly [RegExp, string])[] = [
  [/\bpython\b/i, "python"],
  [/\btypescript\b|\bts\b/i, "typescript"],
  [/\bjavascript\b|\bjs\b|\bnode(\.js)?\b/i, "javascript"],
  [/\bgolang\b|\bin go\b|\bGo\b/, "go"],
  [/\brust\b/i, "rust"],
  [/\bjava\b/i, "java"],
  [/\bbash\b|\bshell\b/i, "bash"],
  [/\bsql\b/i, "sql"],
  [/\bcss\b/i, "css"],
];

const asksForCode =
  /\b(code|function|program|script|one-?liner|snippet|implement|write|how (do|to|can)|show|example|in (python|go|rust|java|bash))\b|代码|函数|实现|程序|怎么|用|写/i;

/** Short programs for common requests, in the language named where there is one. */
export const code: Skill = (prompt) => {
  const snippet = snippets.find(({ asked }) => asked.test(prompt.ask));
  const named = languages.find(([word]) => word.test(prompt.ask))?.[1];
  if (snippet === undefined || (named === undefined && !asksForCode.test(prompt.ask))) return null;
  const [firstLanguage, firstCode] = Object.entries(snippet.code)[0] ?? ["text", ""];
  const source = named === undefined ? undefined : snippet.code[named];
  const language = source === undefined ? firstLanguage : named;
  const missing =
    named !== undefined && source === undefined
      ? say(
          prompt,
          `I have no ${named} version at hand, so here is ${firstLanguage}.\n\n`,
          `我没有 ${named} 版本，以下是 ${firstLanguage}。\n\n`,
        )
      : "";
  const others = Object.keys(snippet.code).filter((other) => other !== language);
  return {
    intent: say(prompt, `They want code to ${snippet.task}.`, `需要一段代码(${snippet.task})。`),
    notes: [
      say(
        prompt,
        `I keep a small collection of programs that are known to run, and this is one of them. ${snippet.note}`,
        `我有一小批确认可运行的程序，这是其中之一。`,
      ),
    ],
    answer: `${missing}\`\`\`${language}\n${source ?? firstCode}\n\`\`\`\n\n${snippet.note}${
      others.length === 0
        ? ""
        : say(prompt, `\n\nAlso at hand in: ${others.join(", ")}.`, `\n\n另有：${others.join("、")}。`)
    }`,
  };
};
