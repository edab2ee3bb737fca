import type { Prompt } from "./prompt.ts";

/** What a skill has to say. */
export interface Reply {
  /** One sentence for the trace: what the person wants. */
  intent: string;
  /** Sentences for the trace: how the answer was found. */
  notes: readonly string[];
  /** Markdown. */
  answer: string;
  /** The answer is for a machine, or was asked for word for word: nothing may be added to it. */
  bare?: boolean;
}

/** Answers a kind of request; null when the request is not of this kind. */
export type Skill = (prompt: Prompt) => Reply | null;

/** The wording in the person's language. */
export function say({ language }: Prompt, english: string, chinese: string): string {
  return language === "zh" ? chinese : english;
}

/** A choice that stays the same for the same conversation; `salt` tells choices apart. */
export function pick<T>({ seed }: Prompt, salt: number, options: readonly [T, ...T[]]): T {
  return options[((seed + Math.imul(salt, 2654435761)) >>> 0) % options.length] ?? options[0];
}

/** At most `length` characters of a text on one line, cut at a word where there is one. */
export function excerpt(text: string, length: number): string {
  const line = text
    .slice(0, length * 8)
    .replace(/\s+/g, " ")
    .trim();
  const characters = [...line];
  if (characters.length <= length) return line;
  const cut = characters.slice(0, length).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
