"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { type ButtonVariant, buttonStyle } from "./button-style.ts";
import { classNames } from "./class-names.ts";
import { copyText } from "./copy-text.ts";

export interface CopyButtonProps {
  value: string;
  /** What it copies, in the language of the page, as it is read after "Copy" and "Copied": "key", "curl command". */
  what: string;
  /** Only the picture; the words stay for screen readers and as a tooltip. */
  iconOnly?: boolean | undefined;
  variant?: ButtonVariant | undefined;
  className?: string | undefined;
  onCopied?: (() => void) | undefined;
}

type State = "ready" | "copied" | "failed";
const shownForMs = 2_500;

export function CopyButton({
  value,
  what,
  iconOnly = false,
  variant = "secondary",
  className,
  onCopied,
}: CopyButtonProps) {
  const t = useTranslations("common.copy");
  const [state, setState] = useState<State>("ready");
  const frame = useRef<HTMLSpanElement>(null);
  const words = {
    ready: t("ready", { what }),
    copied: t("copied", { what }),
    failed: t("blocked"),
  } satisfies Record<State, string>;

  useEffect(() => {
    if (state === "ready") return;
    const timer = setTimeout(() => setState("ready"), shownForMs);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    if (!frame.current) return;
    const copied = await copyText(value, frame.current);
    setState(copied ? "copied" : "failed");
    if (copied) onCopied?.();
  }

  return (
    <span ref={frame} className={classNames("relative inline-flex", className)}>
      <button
        type="button"
        onClick={copy}
        title={iconOnly ? words[state] : undefined}
        aria-label={words.ready}
        className={
          iconOnly
            ? "target-square inline-flex items-center justify-center rounded-control text-muted hover:bg-raised hover:text-foreground"
            : buttonStyle(variant, "small", "w-full")
        }
      >
        {state === "copied" ? (
          <Check aria-hidden="true" className="size-4 text-positive" />
        ) : (
          <Copy aria-hidden="true" className="size-4" />
        )}
        {!iconOnly && (
          <span aria-hidden="true" className="grid text-left">
            {/* Both sentences hold their place, so that the button keeps its width. */}
            <span className={classNames("col-start-1 row-start-1", state === "copied" && "invisible")}>
              {words.ready}
            </span>
            <span className={classNames("col-start-1 row-start-1", state !== "copied" && "invisible")}>
              {words.copied}
            </span>
          </span>
        )}
      </button>
      <span
        aria-live="polite"
        className={
          state === "failed"
            ? "absolute right-0 bottom-full z-10 mb-1 w-max max-w-60 rounded-control bg-foreground px-2 py-1 text-12 text-background"
            : "sr-only"
        }
      >
        {state !== "ready" && words[state]}
      </span>
    </span>
  );
}
