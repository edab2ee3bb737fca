"use client";

import { memo, useMemo } from "react";
import remarkMath from "remark-math";
import { defaultRehypePlugins, defaultRemarkPlugins, Streamdown } from "streamdown";
import { withDollarMath } from "./dollar-math.ts";
import "./markdown.css";
import { markdownElements } from "./markdown-elements.tsx";

// HTML in an answer is shown as the text it is: the plugin that would parse it is left out.
const { raw: _parseHtml, sanitize, ...safePlugins } = defaultRehypePlugins;
const rehypePlugins = [...(sanitize ? [withInlinePictures(sanitize)] : []), ...Object.values(safePlugins)];
const remarkPlugins = [
  ...Object.values(defaultRemarkPlugins),
  [remarkMath, { singleDollarTextMath: false }] satisfies [typeof remarkMath, object],
];

type Plugin = (typeof defaultRehypePlugins)[string];

/** Lets pictures through that come within the text itself; `MarkdownImage` looks at their kind. */
function withInlinePictures(plugin: Plugin): Plugin {
  if (!Array.isArray(plugin)) return plugin;
  const [clean, schema] = plugin;
  return [clean, { ...schema, protocols: { ...schema.protocols, src: ["data", "http", "https"] } }];
}

export interface MarkdownProps {
  children: string;
  /** More text is coming: unclosed syntax at the end is drawn as if it were closed. */
  streaming: boolean;
}

/** An answer's text: GitHub's Markdown and formulas, drawn block by block so that what is finished stays as it is. */
export const Markdown = memo(function Markdown({ children, streaming }: MarkdownProps) {
  const text = useMemo(() => withDollarMath(children), [children]);
  return (
    <Streamdown
      mode={streaming ? "streaming" : "static"}
      dir="auto"
      className="markdown"
      components={markdownElements}
      rehypePlugins={rehypePlugins}
      remarkPlugins={remarkPlugins}
      controls={false}
      linkSafety={{ enabled: false }}
      tableMaxHeight={0}
    >
      {text}
    </Streamdown>
  );
});
