import type { StoredMessage } from "./message.ts";

const most = 3;
const longestChars = 160;
const shownOfQuestion = { head: 2_000, tail: 0 };
const shownOfAnswer = { head: 3_000, tail: 1_000 };

export const followUpInstructions =
  "Suggest what the person may want to ask or say next in the conversation below: three messages, one a line, each short and in the person's own voice and language. No numbers, no quotation marks. Answer with the three lines alone.";

/** The last exchange as it is shown to the model; long texts by their beginning and end, so that the call stays cheap. */
export function exchangeShown(question: string, answer: string): string {
  return `Person:\n${endsOf(question, shownOfQuestion)}\n\nAssistant:\n${endsOf(answer, shownOfAnswer)}`;
}

function endsOf(text: string, { head, tail }: { head: number; tail: number }): string {
  if (text.length <= head + tail) return text;
  return `${text.slice(0, head)}\n…\n${tail === 0 ? "" : text.slice(-tail)}`.trimEnd();
}

/** The suggestions in what the model wrote: at most three lines, without bullets, numbers and quotation marks, each once. */
export function followUpsFromModel(text: string): string[] {
  const lines = text.split("\n").map((line) =>
    line
      .replace(/\s+/g, " ")
      .trim()
      .replace(/^(?:[-*•·]|\(?\d{1,2}[.)、:：])\s*/u, "")
      .replace(/^(["'“‘「『`]|\*{1,2})(.+?)(["'”’」』`]|\*{1,2})$/u, "$2")
      .trim(),
  );
  const usable = lines.filter((line) => line !== "" && line.length <= longestChars);
  return [...new Set(usable)].slice(0, most);
}

/** What a message says, without its thinking and its calls of tools. */
export function saidIn({ parts }: Pick<StoredMessage, "parts">): string {
  return parts
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n\n")
    .trim();
}
