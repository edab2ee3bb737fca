import type { Prompt } from "../prompt.ts";
import { excerpt, type Reply, say } from "../reply.ts";
import { topWords } from "./text-facts.ts";

/** For whatever no skill knows: what was understood, what is out of reach, and how to get a real answer. */
export function fallback(prompt: Prompt): Reply {
  const words = topWords(prompt.text, 5);
  const about = words.length === 0 ? "" : words.map((word) => `**${word}**`).join(", ");
  return {
    intent: say(
      prompt,
      `This needs knowledge or judgement${words.length === 0 ? "" : ` about ${words.join(", ")}`}, which rules cannot give.`,
      "这需要知识或判断力，规则给不出来。",
    ),
    notes: [
      say(
        prompt,
        "None of what I can do exactly (arithmetic, dates, working on text, known snippets) applies. Guessing would be worse than saying so.",
        "我能准确完成的事(算术、日期、文本处理、常见代码)都用不上。与其猜，不如直说。",
      ),
    ],
    answer: prompt.language === "zh" ? inChinese(prompt, about) : inEnglish(prompt, about),
  };
}

function inEnglish(prompt: Prompt, about: string): string {
  const kind = /[?？]\s*$/.test(prompt.ask) ? "a question" : "a request";
  return `I read ${kind}${about === "" ? "" : ` about ${about}`}${
    prompt.text === "" ? "" : `:\n\n> ${excerpt(prompt.text, 240)}`
  }

A true answer needs a language model, and none is connected, so I will not make one up.

**To connect the real model**, set these two and start again:

\`\`\`bash
export UPSTREAM_BASE_URL=https://api.moonshot.ai/v1
export UPSTREAM_API_KEY=sk-...
npm start
\`\`\`

Any OpenAI-compatible address works, a local Ollama or vLLM included.

**Until then I can do these exactly:**

- arithmetic: *What is 17 × 23 + 4?*
- dates: *How many days until 2027-01-01?*
- text: *Reverse "desserts"*, *How many words are in: …*, *Summarise: …*
- short code: *Reverse a string in Python*
- streaming to look at: *Count to 200*, *Write a long article*, *Show me a Markdown demo*`;
}

function inChinese(prompt: Prompt, about: string): string {
  return `我读到的内容${about === "" ? "" : `与 ${about} 有关`}:

> ${excerpt(prompt.text, 120)}

真正的回答需要语言模型，而现在没有连接任何模型，所以我不编造。

**连接真正的模型**，设置以下两项后重新启动：

\`\`\`bash
export UPSTREAM_BASE_URL=https://api.moonshot.cn/v1
export UPSTREAM_API_KEY=sk-...
npm start
\`\`\`

在此之前，我能准确完成：算术(*17 × 23 等于多少*)、日期(*今天星期几*)、文本处理(*反转“你好”*)、常见代码(*用 Python 反转字符串*)，以及用来观察流式输出的 *数到 200* 和 *Markdown 演示*。`;
}
