import { classNames } from "./class-names.ts";
import { CopyButton } from "./copy-button.tsx";

export interface CodeBlockProps {
  code: string;
  /** What it is, in the bar above it and after "Copy": "curl command", "Python". */
  what: string;
  /** Scrolls within itself where it is long. */
  low?: boolean | undefined;
  /** Breaks its lines: for prose. */
  wrapped?: boolean | undefined;
}

/** Text to be pasted elsewhere, exactly as it stands. */
export function CodeBlock({ code, what, low = false, wrapped = false }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-card border border-border bg-surface" dir="ltr">
      <figcaption className="flex items-center justify-between border-border border-b py-0.5 pr-1 pl-3.5 text-12 text-muted">
        <span className="first-letter:uppercase">{what}</span>
        <CopyButton value={code} what={what} iconOnly />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className={classNames(
          "edge-shade overflow-x-auto px-3.5 py-3 font-mono text-13 focus-visible:-outline-offset-2",
          low && "max-h-72 overflow-y-auto",
          wrapped && "whitespace-pre-wrap [overflow-wrap:anywhere]",
        )}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
