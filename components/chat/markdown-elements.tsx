"use client";

import type { Element, ElementContent } from "hast";
import { ImageOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, createContext, lazy, Suspense, useContext } from "react";
import { CodeFence } from "./code-fence.tsx";
import { Lightbox } from "./lightbox.tsx";
import { MarkdownFormula } from "./markdown-formula.tsx";

const Diagram = lazy(() => import("./diagram.tsx").then((module) => ({ default: module.Diagram })));

type Intrinsic<Tag extends "a" | "img" | "pre" | "code" | "table" | "input"> = ComponentProps<Tag> & {
  node?: Element | undefined;
};

/** The Markdown of a block that still grows. */
const GrowingText = createContext<string | null>(null);
export const BlockText = GrowingText.Provider;

function textOf(node: ElementContent): string {
  if (node.type === "text") return node.value;
  return node.type === "element" ? node.children.map(textOf).join("") : "";
}

const closingFence = /\n[ \t>]*(?:`{3,}|~{3,})[ \t]*$/;

/** Whether the code is the end of what has come, and its fence not closed. */
function isIncomplete(text: string | null, node: Element): boolean {
  const end = node.position?.end.offset;
  return text !== null && end !== undefined && end >= text.trimEnd().length && !closingFence.test(text);
}

const isOwnPath = (address: string) => /^(#|\/(?![/\\]))/.test(address);

function MarkdownLink({ id, href, children }: Intrinsic<"a">) {
  const own = href !== undefined && isOwnPath(href);
  return (
    <a
      id={id}
      href={href}
      className="link"
      {...(own ? {} : { target: "_blank", rel: "noopener noreferrer nofollow" })}
    >
      {children}
    </a>
  );
}

const drawable = /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/i;

/** Pictures from elsewhere are not fetched, because the address alone could carry away what was said: they are links. */
function MarkdownImage({ src, alt = "", node: _node }: Intrinsic<"img">) {
  const t = useTranslations("chat.thread.picture");
  const address = typeof src === "string" ? src : "";
  if (drawable.test(address)) {
    return (
      <Lightbox address={address} alt={alt} className="inline-block max-w-full cursor-zoom-in align-middle">
        {/* biome-ignore lint/performance/noImgElement: the picture's size is not known and needs no optimising. */}
        <img src={address} alt={alt} loading="lazy" decoding="async" />
      </Lightbox>
    );
  }
  const host = URL.parse(address)?.host;
  return (
    <MarkdownLink href={address}>
      <ImageOff aria-hidden="true" className="mr-1 inline size-4 align-[-0.15em]" />
      {alt || t("unnamed")}
      {host && ` (${t("elsewhere", { host })})`}
    </MarkdownLink>
  );
}

function MarkdownCode({ node }: Intrinsic<"pre">) {
  const growing = useContext(GrowingText);
  if (!node) return null;
  const inner = node.children.find((child) => child.type === "element");
  const language = languageOf(inner) ?? "";
  const code = textOf(node).replace(/\n$/, "");
  const incomplete = isIncomplete(growing, node);
  if (language === "math") return <MarkdownFormula source={code} display />;
  const plain = <CodeFence code={code} language={language} incomplete={incomplete} />;
  if (language !== "mermaid") return plain;
  return (
    <Suspense fallback={plain}>
      <Diagram source={code} incomplete={incomplete} />
    </Suspense>
  );
}

function languageOf(code: Element | undefined): string | undefined {
  const names = code?.properties.className;
  const name = Array.isArray(names) ? names.find((one) => String(one).startsWith("language-")) : undefined;
  return name === undefined ? undefined : String(name).slice("language-".length);
}

function InlineCode({ node, children }: Intrinsic<"code">) {
  if (node && languageOf(node) === "math") return <MarkdownFormula source={textOf(node)} display={false} />;
  return <code dir="ltr">{children}</code>;
}

function ScrollingTable({ children, node: _node }: Intrinsic<"table">) {
  const t = useTranslations("chat.thread");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="markdown-table" tabIndex={0} aria-label={t("table")}>
      <table>{children}</table>
    </section>
  );
}

/** The box of a task list's line: shown, not worked. */
function TaskBox({ checked }: Intrinsic<"input">) {
  const t = useTranslations("chat.thread.task");
  return (
    <input
      type="checkbox"
      checked={checked === true}
      readOnly
      disabled
      aria-label={checked ? t("done") : t("open")}
    />
  );
}

export const markdownElements = {
  a: MarkdownLink,
  img: MarkdownImage,
  pre: MarkdownCode,
  code: InlineCode,
  table: ScrollingTable,
  input: TaskBox,
};
