"use client";

import { type ComponentProps, isValidElement, type ReactNode, useEffect, useState } from "react";
import { type HighlightResult, useIsCodeFenceIncomplete } from "streamdown";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { highlight } from "./highlight.ts";

function textOf(node: ReactNode): string {
  if (typeof node === "string") return node;
  if (Array.isArray(node)) return node.map(textOf).join("");
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : "";
}

/** A block of code: its language, a copy button, colours as soon as the highlighter is there. */
export function CodeFence({ className, children }: ComponentProps<"code"> & { node?: unknown }) {
  const language = /language-(\S+)/.exec(className ?? "")?.[1] ?? "";
  const code = textOf(children).replace(/\n$/, "");
  const incomplete = useIsCodeFenceIncomplete();
  const lines = useHighlighted(code, language, incomplete);
  return (
    <figure className="code-fence" dir="ltr">
      <figcaption>
        <span>{language || "text"}</span>
        <CopyButton value={code} what="code" iconOnly />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{lines ? <Coloured lines={lines} code={code} /> : code}</code>
      </pre>
    </figure>
  );
}

type Lines = HighlightResult["tokens"];

/** The highlighter gives the light theme's colour as such and the dark one in a variable; the style sheet chooses. */
function coloursOf({ htmlStyle = {} }: Lines[number][number]): Record<string, string> {
  return {
    ...(htmlStyle.color ? { "--code-light": htmlStyle.color } : {}),
    ...(htmlStyle["--shiki-dark"] ? { "--code-dark": htmlStyle["--shiki-dark"] } : {}),
  };
}

/** Colours may lag behind text that is still coming: what they do not cover yet follows plain. */
function Coloured({ lines, code }: { lines: Lines; code: string }) {
  const covered = lines.map((line) => line.map((token) => token.content).join("")).join("\n");
  if (!code.startsWith(covered)) return code;
  return (
    <>
      {lines.map((line, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
        <span key={number}>
          {number > 0 && "\n"}
          {line.map((token) => (
            <span key={token.offset} style={coloursOf(token)}>
              {token.content}
            </span>
          ))}
        </span>
      ))}
      {code.slice(covered.length)}
    </>
  );
}

function useHighlighted(code: string, language: string, incomplete: boolean): Lines | null {
  const [lines, setLines] = useState<Lines | null>(null);
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
