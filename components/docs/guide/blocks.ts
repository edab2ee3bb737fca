import type { Snippet } from "./snippets/snippet.ts";

/** One piece of a guide. Texts hold inline Markdown: `code`, **strong** and [links](…), nothing else. */
export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "note"; text: string }
  | { kind: "list"; ordered?: boolean; items: readonly string[] }
  | { kind: "table"; label: string; columns: readonly Column[]; rows: readonly (readonly string[])[] }
  /** Several snippets do the same in different languages. */
  | { kind: "code"; snippets: readonly [IdentifiedSnippet, ...IdentifiedSnippet[]] };

export interface IdentifiedSnippet extends Snippet {
  id: string;
}

export interface Column {
  title: string;
  /** A column of figures. */
  numeric?: boolean;
}

export interface Section {
  /** The anchor. */
  id: string;
  title: string;
  blocks: readonly Block[];
}

export interface Guide {
  title: string;
  /** One sentence for the head of the page. */
  summary: string;
  sections: readonly Section[];
}

export const paragraph = (text: string): Block => ({ kind: "paragraph", text });
export const note = (text: string): Block => ({ kind: "note", text });
export const list = (...items: string[]): Block => ({ kind: "list", items });
export const steps = (...items: string[]): Block => ({ kind: "list", ordered: true, items });
