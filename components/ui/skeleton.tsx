import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface SkeletonProps {
  /** Its size: the shape of what will come. */
  className?: string | undefined;
}

/** One grey shape in the place of what is loading; invisible for the first 150 ms. Wrap them in `SkeletonGroup`. */
export function Skeleton({ className }: SkeletonProps) {
  return (
    <span aria-hidden="true" className={classNames("block animate-appear-late", className)}>
      <span className="block size-full min-h-3 animate-breathe rounded-control bg-raised" />
    </span>
  );
}

/** Says to screen readers what is loading; its children are the shapes. */
export function SkeletonGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}

const lineWidths = ["w-full", "w-11/12", "w-4/5", "w-full", "w-2/3"];

export function SkeletonText({ lines = 3 }: { lines?: number | undefined }) {
  return (
    <span className="flex flex-col gap-2.5">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity and never move.
        <Skeleton key={line} className={classNames("h-3.5", lineWidths[line % lineWidths.length])} />
      ))}
    </span>
  );
}
