/** A slash that begins a word, and what was typed behind it up to the caret. */
export interface Slash {
  /** Where the slash stands. */
  start: number;
  /** Where the caret stands. */
  end: number;
  query: string;
}

/** A field after something was put into it, and what is selected there. */
export interface Filled {
  text: string;
  selectFrom: number;
  selectTo: number;
}

const longestQuery = 60;

/** The slash that the caret stands behind, in the same word; null where there is none. Looks at the last few characters only. */
export function slashAt(text: string, caret: number): Slash | null {
  const near = text.slice(Math.max(0, caret - longestQuery - 2), caret);
  const query = /(?:^|\s)\/([^\s/]*)$/.exec(near)?.[1];
  if (query === undefined || query.length > longestQuery) return null;
  return { start: caret - query.length - 1, end: caret, query };
}

/** Puts a prompt in the place of a slash and what stands behind it. Its first `{{placeholder}}` is selected. */
export function fillIn(text: string, { start, end }: Slash, prompt: string): Filled {
  const placeholder = /\{\{[^{}\n]+\}\}/.exec(prompt);
  const selectFrom = start + (placeholder ? placeholder.index : prompt.length);
  return {
    text: text.slice(0, start) + prompt + text.slice(end),
    selectFrom,
    selectTo: selectFrom + (placeholder?.[0].length ?? 0),
  };
}
