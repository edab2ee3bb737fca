"use client";

import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { memo, useDeferredValue, useMemo, useRef } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import remend from "remend";
import { withDollarMath } from "./dollar-math.ts";
import "./markdown.css";
import { type Blocks, splitBlocks } from "./markdown-blocks.ts";
import { BlockText, markdownElements } from "./markdown-elements.tsx";
import { parseMarkdown } from "./parse-markdown.ts";

export interface MarkdownProps {
  children: string;
  /** More text is coming: unclosed syntax at the end is drawn as if it were closed. */
  streaming: boolean;
}

/** An answer's text: GitHub's Markdown and formulas, drawn block by block so that what is finished stays as it is. */
export const Markdown = memo(function Markdown({ children, streaming }: MarkdownProps) {
  // Between its blocks the page can do what is more urgent.
  const text = useDeferredValue(children);
  const blocks = useBlocks(useMemo(() => withDollarMath(text), [text]));
  return (
    <div className="markdown">
      {blocks.map((block, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block is known by its place and never moves.
        <Block key={number} text={block} growing={streaming && number === blocks.length - 1} />
      ))}
    </div>
  );
});

function useBlocks(text: string): readonly string[] {
  const last = useRef<Blocks | null>(null);
  return useMemo(() => {
    const blocks = splitBlocks(text, last.current);
    last.current = blocks;
    return blocks.blocks;
  }, [text]);
}

const Block = memo(function Block({ text, growing }: { text: string; growing: boolean }) {
  const shown = useMemo(() => (growing ? remend(text, { linkMode: "text-only" }) : text), [text, growing]);
  const drawn = useMemo(
    () =>
      toJsxRuntime(parseMarkdown(shown), {
        Fragment,
        jsx,
        jsxs,
        components: markdownElements,
        passNode: true,
        ignoreInvalidStyle: true,
      }),
    [shown],
  );
  return (
    <BlockText value={growing ? shown : null}>
      <div dir="auto">{drawn}</div>
    </BlockText>
  );
});
