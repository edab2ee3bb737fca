import type { Block } from "../blocks.ts";
import type { SnippetId, Snippets } from "./list-snippets.ts";

/** A block of one snippet, or of several that do the same in different languages. */
export function codeOf(snippets: Snippets, first: SnippetId, ...others: SnippetId[]): Block {
  const identified = (id: SnippetId) => ({ id, ...snippets[id] });
  return { kind: "code", snippets: [identified(first), ...others.map(identified)] };
}
