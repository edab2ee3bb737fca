import { CopyButton } from "./copy-button.tsx";

export interface CodeBlockProps {
  code: string;
  /** What it is, in the bar above it and after "Copy": "curl command", "Python". */
  what: string;
}

/** Text to be pasted elsewhere, exactly as it stands. */
export function CodeBlock({ code, what }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-card border border-border bg-surface" dir="ltr">
      <figcaption className="flex items-center justify-between border-border border-b py-0.5 pr-1 pl-3.5 text-12 text-muted">
        <span className="first-letter:uppercase">{what}</span>
        <CopyButton value={code} what={what} iconOnly />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="edge-shade overflow-x-auto px-3.5 py-3 font-mono text-13 focus-visible:-outline-offset-2"
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
