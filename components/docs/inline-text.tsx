import Link from "next/link";
import { Fragment } from "react";
import { type Inline, parseInline } from "./guide/inline.ts";

/** A sentence with its inline Markdown shown. */
export function InlineText({ text }: { text: string }) {
  return <Runs runs={parseInline(text)} />;
}

function Runs({ runs }: { runs: readonly Inline[] }) {
  return runs.map((run, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a sentence never move.
    <Fragment key={index}>{show(run)}</Fragment>
  ));
}

function show(run: Inline) {
  switch (run.kind) {
    case "text":
      return run.text;
    case "code":
      return <code className="rounded-sm bg-raised px-1 py-0.5 font-mono text-[0.875em]">{run.text}</code>;
    case "strong":
      return (
        <strong className="font-semibold text-foreground">
          <Runs runs={run.children} />
        </strong>
      );
    case "link":
      return (
        <Link href={run.href} className="link">
          {run.text}
        </Link>
      );
  }
}
