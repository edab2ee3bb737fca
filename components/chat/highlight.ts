import type { HighlightResult } from "@streamdown/code";

export type CodeLines = HighlightResult["tokens"];

export interface HighlightRequest {
  id: number;
  code: string;
  language: string;
  incomplete: boolean;
}

/** Null when the language is not known. */
export interface HighlightAnswer {
  id: number;
  tokens: CodeLines | null;
}

/** Longer code stays plain: its colours would come too late. */
const longestCode = 60_000;

const asked = new Map<number, (tokens: CodeLines | null) => void>();
let lastId = 0;
let worker: Worker | null = null;

/** A thread of its own: reading a grammar for the first time takes longer than a page may stand still. */
function startWorker(): Worker {
  const started = new Worker(new URL("./highlight-worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<HighlightAnswer>) => settle(data));
  // Code stays plain; the browser has told the console why.
  started.addEventListener("error", () => {
    for (const id of asked.keys()) settle({ id, tokens: null });
  });
  return started;
}

function settle({ id, tokens }: HighlightAnswer): void {
  asked.get(id)?.(tokens);
  asked.delete(id);
}

/**
 * The coloured tokens of a piece of code, line by line; null when its language is unknown. The highlighter and each
 * grammar are fetched when first needed.
 */
export async function highlight(
  code: string,
  language: string,
  incomplete: boolean,
): Promise<CodeLines | null> {
  if (language === "" || code.length > longestCode) return null;
  worker ??= startWorker();
  lastId += 1;
  const request: HighlightRequest = { id: lastId, code, language: language.toLowerCase(), incomplete };
  const answer = new Promise<CodeLines | null>((resolve) => asked.set(request.id, resolve));
  worker.postMessage(request);
  return answer;
}
