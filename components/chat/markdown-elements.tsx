"use client";

import { ImageOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, isValidElement, lazy, type ReactNode, Suspense } from "react";
import { useIsCodeFenceIncomplete } from "streamdown";
import { CodeFence } from "./code-fence.tsx";
import { Lightbox } from "./lightbox.tsx";
import { MarkdownFormula } from "./markdown-formula.tsx";

const Diagram = lazy(() => import("./diagram.tsx").then((module) => ({ default: module.Diagram })));

type Intrinsic<Tag extends "a" | "img" | "code" | "table" | "input"> = ComponentProps<Tag> & {
  node?: unknown;
};

function textOf(node: ReactNode): string {
  if (typeof node === "string") return node;
  if (Array.isArray(node)) return node.map(textOf).join("");
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : "";
}

const isOwnPath = (address: string) => /^(#|\/(?![/\\]))/.test(address);

function MarkdownLink({ href, children, node: _node }: Intrinsic<"a">) {
  const own = href !== undefined && isOwnPath(href);
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

function MarkdownCode({ className, children }: Intrinsic<"code">) {
  const language = /language-(\S+)/.exec(className ?? "")?.[1] ?? "";
  const code = textOf(children).replace(/\n$/, "");
  const incomplete = useIsCodeFenceIncomplete();
  const plain = <CodeFence code={code} language={language} incomplete={incomplete} />;
  if (language === "math") return <MarkdownFormula source={code} display />;
  if (language !== "mermaid") return plain;
  return (
    <Suspense fallback={plain}>
      <Diagram source={code} incomplete={incomplete} />
    </Suspense>
  );
}

function InlineCode({ className, children }: Intrinsic<"code">) {
  if (className?.includes("language-math"))
    return <MarkdownFormula source={textOf(children)} display={false} />;
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
  code: MarkdownCode,
  inlineCode: InlineCode,
  table: ScrollingTable,
  input: TaskBox,
};
