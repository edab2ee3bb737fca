"use client";

import { Code, Download, Play, WrapText } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { memo, type ReactNode, useEffect, useState } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { downloadText } from "#components/ui/download-text.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { codeFileName } from "./code-file-name.ts";
import { type CodeLines, highlight } from "./highlight.ts";
import { previewKindOf } from "./preview/preview-document.ts";

const CodePreview = dynamic(() => import("./preview/code-preview.tsx").then((module) => module.CodePreview), {
  ssr: false,
});

export interface CodeFenceProps {
  code: string;
  /** As the fence names it; empty when it names none. */
  language: string;
  /** More of it is coming. */
  incomplete: boolean;
  /** A line above the code, when there is something to say of it. */
  note?: string | null;
  actions?: ReactNode;
}

/** A block of code: its language, wrap, download and copy, colours as soon as the highlighter is there. */
export function CodeFence({ code, language, incomplete, note = null, actions }: CodeFenceProps) {
  const t = useTranslations("chat.thread.code");
  const [wrapped, setWrapped] = useState(false);
  const [previewed, setPreviewed] = useState(false);
  const lines = useHighlighted(code, language, incomplete);
  const kind = incomplete ? null : previewKindOf(language, code);
  return (
    <figure className="code-fence" dir="ltr">
      <figcaption>
        <span>{language || t("plain")}</span>
        <span className="flex items-center">
          {actions}
          {kind && (
            <IconButton
              label={t(previewed ? "preview.close" : "preview.open")}
              icon={previewed ? <Code aria-hidden="true" /> : <Play aria-hidden="true" />}
              onClick={() => setPreviewed(!previewed)}
            />
          )}
          <IconButton
            label={t("wrap")}
            aria-pressed={wrapped}
            icon={<WrapText aria-hidden="true" />}
            onClick={() => setWrapped(!wrapped)}
            className={wrapped ? "text-accent" : undefined}
          />
          <IconButton
            label={t("download")}
            disabled={incomplete}
            icon={<Download aria-hidden="true" />}
            onClick={() => downloadText(codeFileName(language), `${code}\n`)}
          />
          <CopyButton value={code} what={t("copied")} iconOnly />
        </span>
      </figcaption>
      {note !== null && <p className="px-3.5 pt-2 text-13 text-warning">{note}</p>}
      {kind && previewed ? (
        <CodePreview kind={kind} code={code} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <pre tabIndex={0} data-wrap={wrapped}>
          <code>{lines ? <Coloured lines={lines} code={code} /> : code}</code>
        </pre>
      )}
    </figure>
  );
}

/** The highlighter gives the light theme's colour as such and the dark one in a variable; the style sheet chooses. */
function coloursOf({ htmlStyle = {} }: CodeLines[number][number]): Record<string, string> {
  return {
    ...(htmlStyle.color ? { "--code-light": htmlStyle.color } : {}),
    ...(htmlStyle["--shiki-dark"] ? { "--code-dark": htmlStyle["--shiki-dark"] } : {}),
  };
}

/** Colours may lag behind text that is still coming: what they do not cover yet follows plain. */
function Coloured({ lines, code }: { lines: CodeLines; code: string }) {
  const covered = lines.map((line) => line.map((token) => token.content).join("")).join("\n");
  if (!code.startsWith(covered)) return code;
  return (
    <>
      {lines.map((line, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
        <Line key={number} first={number === 0} tokens={line} />
      ))}
      {code.slice(covered.length)}
    </>
  );
}

interface LineProps {
  first: boolean;
  tokens: CodeLines[number];
}

/** While code grows, the lines that are finished stay as they are. */
const Line = memo(function Line({ first, tokens }: LineProps) {
  return (
    <span>
      {!first && "\n"}
      {tokens.map((token) => (
        <span key={token.offset} style={coloursOf(token)}>
          {token.content}
        </span>
      ))}
    </span>
  );
}, isSameLine);

function isSameLine(a: LineProps, b: LineProps): boolean {
  return (
    a.first === b.first &&
    a.tokens.length === b.tokens.length &&
    a.tokens.every((token, index) => {
      const other = b.tokens[index];
      return (
        token.content === other?.content &&
        token.htmlStyle?.color === other.htmlStyle?.color &&
        token.htmlStyle?.["--shiki-dark"] === other.htmlStyle?.["--shiki-dark"]
      );
    })
  );
}

function useHighlighted(code: string, language: string, incomplete: boolean): CodeLines | null {
  const [lines, setLines] = useState<CodeLines | null>(null);
  useEffect(() => {
    let current = true;
    void highlight(code, language, incomplete).then((result) => {
      if (current) setLines(result);
    });
    return () => {
      current = false;
    };
  }, [code, language, incomplete]);
  return lines;
}
