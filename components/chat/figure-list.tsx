import type { ReactNode } from "react";

/** Names at the left, figures at the right, digit above digit. */
export function FigureList({ children }: { children: ReactNode }) {
  return <dl className="figures grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5">{children}</dl>;
}

export interface FigureProps {
  label: string;
  /** A part of the figure above. */
  inner?: boolean;
  children: ReactNode;
}

export function Figure({ label, inner = false, children }: FigureProps) {
  return (
    <>
      <dt className={inner ? "pl-3 text-muted" : "text-muted"}>{label}</dt>
      <dd className={inner ? "text-right text-muted" : "text-right text-foreground"}>{children}</dd>
    </>
  );
}
