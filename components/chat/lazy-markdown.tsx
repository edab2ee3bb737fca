"use client";

import { Fetched, fetchedFrom } from "#components/ui/fetched.tsx";
import type { MarkdownProps } from "./markdown.tsx";

export const markdownSource = fetchedFrom<MarkdownProps>(() =>
  import("./markdown.tsx").then((module) => module.Markdown),
);

/** An answer's text, plain until what draws Markdown is there. */
export function LazyMarkdown(props: MarkdownProps) {
  return (
    <Fetched from={markdownSource} props={props}>
      <div dir="auto" className="whitespace-pre-wrap break-words">
        {props.children}
      </div>
    </Fetched>
  );
}
