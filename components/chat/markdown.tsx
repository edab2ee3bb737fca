"use client";

import type { ComponentProps } from "react";
import { memo } from "react";
import { defaultRehypePlugins, Streamdown } from "streamdown";
import { CodeFence } from "./code-fence.tsx";
import "./markdown.css";

// HTML in an answer is shown as the text it is: the plugin that would parse it is left out.
const { raw: _parseHtml, ...safePlugins } = defaultRehypePlugins;
const rehypePlugins = Object.values(safePlugins);

const components = {
  a: MarkdownLink,
  img: MarkdownImage,
  code: CodeFence,
  inlineCode: InlineCode,
  table: ScrollingTable,
  input: TaskBox,
};

export interface MarkdownProps {
  children: string;
  /** More text is coming: unclosed syntax at the end is drawn as if it were closed. */
  streaming: boolean;
}

/** An answer's text: GitHub's Markdown, drawn block by block so that what is finished stays as it is. */
export const Markdown = memo(function Markdown({ children, streaming }: MarkdownProps) {
  return (
    <Streamdown
      mode={streaming ? "streaming" : "static"}
      dir="auto"
      className="markdown"
      components={components}
      rehypePlugins={rehypePlugins}
      controls={false}
      linkSafety={{ enabled: false }}
      tableMaxHeight={0}
    >
      {children}
    </Streamdown>
  );
});

type Intrinsic<Tag extends "a" | "img" | "code" | "table" | "input"> = ComponentProps<Tag> & {
  node?: unknown;
};

function MarkdownLink({ href, children, node: _node }: Intrinsic<"a">) {
  const own = href?.startsWith("#") || (href?.startsWith("/") && !href.startsWith("//"));
  return (
    <a
      href={href}
      className="link"
      {...(own ? {} : { target: "_blank", rel: "noopener noreferrer nofollow" })}
    >
      {children}
    </a>
  );
}

/** Pictures from elsewhere are not fetched, because the address alone would tell that the answer was read. */
function MarkdownImage({ src, alt, node: _node }: Intrinsic<"img">) {
  const address = typeof src === "string" ? src : "";
  if (address.startsWith("data:image/") || (address.startsWith("/") && !address.startsWith("//"))) {
    // biome-ignore lint/performance/noImgElement: the picture's size is not known and needs no optimising.
    return <img src={address} alt={alt ?? ""} />;
  }
  return <MarkdownLink href={address}>{alt || address || "Image"}</MarkdownLink>;
}

function InlineCode({ children }: Intrinsic<"code">) {
  return <code dir="ltr">{children}</code>;
}

function ScrollingTable({ children, node: _node }: Intrinsic<"table">) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="markdown-table" tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  );
}

/** The box of a task list's line: shown, not worked. */
function TaskBox({ checked }: Intrinsic<"input">) {
  return (
    <input
      type="checkbox"
      checked={checked === true}
      readOnly
      disabled
      aria-label={checked ? "Done" : "To do"}
    />
  );
}
