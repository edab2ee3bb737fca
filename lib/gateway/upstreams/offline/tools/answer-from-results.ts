import type { Prompt, ToolResult } from "../prompt.ts";
import { excerpt, type Reply, say } from "../reply.ts";
import { isRecord } from "./schema.ts";

/** Tells what the tools answered, in the person's terms. */
export function answerFromToolResults(prompt: Prompt): Reply {
  const names = [...new Set(prompt.toolResults.map(({ name }) => name))];
  const facts = prompt.toolResults.map((result) => wordsFor(prompt, result));
  return {
    intent: say(
      prompt,
      `The tools have answered: ${names.join(", ")}.`,
      `工具已经返回：${names.join("、")}。`,
    ),
    notes: [
      say(
        prompt,
        `I read the results and report them as they are: ${excerpt(prompt.toolResults.map(({ content }) => content).join(" | "), 300)}.`,
        `如实转述结果：${excerpt(prompt.toolResults.map(({ content }) => content).join(" | "), 200)}。`,
      ),
    ],
    answer: facts.join("\n\n"),
  };
}

function wordsFor(prompt: Prompt, { name, content }: ToolResult): string {
  const value = readJson(content);
  const lead = say(prompt, `**${name}** answered`, `**${name}** 返回`);
  const error = isRecord(value) ? value.error : undefined;
  if (error !== undefined && error !== null && error !== false) {
    const reason =
      isRecord(error) && typeof error.message === "string" ? error.message : JSON.stringify(error);
    return say(prompt, `**${name}** failed: ${reason}`, `**${name}** 失败：${reason}`);
  }
  if (isRecord(value)) {
    const rows = Object.entries(value)
      .slice(0, 40)
      .map(([key, entry]) => `- **${label(key)}:** ${inline(entry)}`);
    return rows.length === 0 ? `${lead}: {}` : `${lead}:\n\n${rows.join("\n")}`;
  }
  if (Array.isArray(value)) {
    const rows = value.slice(0, 40).map((entry) => `- ${inline(entry)}`);
    return `${lead} (${value.length}):\n\n${rows.join("\n")}`;
  }
  if (content.trim() === "")
    return say(prompt, `**${name}** answered nothing.`, `**${name}** 没有返回内容。`);
  return content.includes("\n")
    ? `${lead}:\n\n\`\`\`text\n${content.slice(0, 4000)}\n\`\`\``
    : `${lead}: ${content.slice(0, 4000)}`;
}

function label(key: string): string {
  return key.replace(/_/g, " ");
}

function inline(value: unknown): string {
  if (typeof value === "string") return excerpt(value, 400);
  if (isRecord(value)) {
    return Object.entries(value)
      .slice(0, 12)
      .map(
        ([key, entry]) =>
          `${label(key)} ${typeof entry === "object" ? excerpt(JSON.stringify(entry), 120) : excerpt(String(entry), 200)}`,
      )
      .join(", ");
  }
  return excerpt(JSON.stringify(value) ?? "", 400);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
