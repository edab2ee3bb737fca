import type { HighlightResult } from "streamdown";

/** Longer code stays plain: colouring it would hold up the page. */
const longestCode = 60_000;

async function createHighlighter() {
  const { createCodePlugin } = await import("@streamdown/code");
  // These two keep every colour legible on our surfaces; the defaults do not.
  return createCodePlugin({ themes: ["github-light-default", "github-dark-default"] });
}

let loading: ReturnType<typeof createHighlighter> | null = null;

function loadHighlighter() {
  loading ??= createHighlighter();
  return loading;
}

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
  const highlighter = await loadHighlighter();
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
