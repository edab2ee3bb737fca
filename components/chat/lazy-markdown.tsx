"use client";

import dynamic from "next/dynamic";
import { Suspense } from "react";
import type { MarkdownProps } from "./markdown.tsx";

export const loadMarkdown = () => import("./markdown.tsx");
const Markdown = dynamic(() => loadMarkdown().then((module) => module.Markdown));

/** An answer's text, plain until what draws Markdown is there. */
export function LazyMarkdown({ children, streaming }: MarkdownProps) {
  return (
    <Suspense
      fallback={
        <div dir="auto" className="whitespace-pre-wrap break-words">
          {children}
        </div>
      }
    >
      <Markdown streaming={streaming}>{children}</Markdown>
    </Suspense>
  );
}
