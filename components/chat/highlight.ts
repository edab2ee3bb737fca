import type { HighlightResult } from "streamdown";

/** Longer code stays plain: colouring it would hold up the page. */
const longestCode = 60_000;

/**
 * The coloured tokens of a piece of code, line by line; null when its language is unknown. The highlighter and each
 * grammar are fetched when first needed.
 */
export async function highlight(
  code: string,
  language: string,
  incomplete: boolean,
): Promise<HighlightResult["tokens"] | null> {
  if (language === "" || code.length > longestCode) return null;
  const { code: highlighter } = await import("@streamdown/code");
  const name = language.toLowerCase();
  const known = highlighter.getSupportedLanguages().find((candidate) => candidate === name);
  if (!known) return null;
  return new Promise((resolve) => {
    const ready = highlighter.highlight(
      { code, language: known, themes: highlighter.getThemes(), isIncomplete: incomplete },
      (result) => resolve(result.tokens),
    );
    if (ready) resolve(ready.tokens);
  });
}
