"use client";

import { useMemo } from "react";
import { CodeFence } from "./code-fence.tsx";
import { jsonIn } from "./json-in.ts";
import { LazyMarkdown } from "./lazy-markdown.tsx";

/** An answer's text: JSON as code, laid out and ready to be copied; anything else as Markdown. */
export function AnswerText({ text, streaming }: { text: string; streaming: boolean }) {
  const json = useMemo(() => jsonIn(text, streaming), [text, streaming]);
  if (json === null) return <LazyMarkdown streaming={streaming}>{text}</LazyMarkdown>;
  return (
    <div className="markdown">
      <CodeFence code={json} language="json" incomplete={streaming} />
    </div>
  );
}
