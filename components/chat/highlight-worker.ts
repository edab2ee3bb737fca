import { createCodePlugin } from "@streamdown/code";
import type { HighlightAnswer, HighlightRequest } from "./highlight.ts";

// These two keep every colour legible on our surfaces; the defaults do not.
const highlighter = createCodePlugin({ themes: ["github-light-default", "github-dark-default"] });

function answer(message: HighlightAnswer): void {
  self.postMessage(message);
}

self.addEventListener("message", ({ data }: MessageEvent<HighlightRequest>) => {
  const { id, code, language, incomplete } = data;
  const known = highlighter.getSupportedLanguages().find((candidate) => candidate === language);
  if (!known) {
    answer({ id, tokens: null });
    return;
  }
  const ready = highlighter.highlight(
    { code, language: known, themes: highlighter.getThemes(), isIncomplete: incomplete },
    (result) => answer({ id, tokens: result.tokens }),
  );
  if (ready) answer({ id, tokens: ready.tokens });
});
