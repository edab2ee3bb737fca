import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface TableProps {
  /** Names the table for screen readers. */
  label: string;
  /** `<TableHead>` and `<tbody>`. */
  children: ReactNode;
  className?: string | undefined;
  /** Tells its scrolled box from others. */
  part?: string | undefined;
}

/** Scrolls inside itself, in both directions, under a head that stays. */
export function Table({ label, children, className, part }: TableProps) {
  return (
    <section
      aria-label={label}
      data-part={part}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className={classNames(
        "edge-shade [--edge-ground:var(--background)] relative max-h-[max(20rem,70dvh)] min-w-0 overflow-auto overscroll-x-contain rounded-card border border-border",
        className,
      )}
    >
      <table className="w-full border-separate border-spacing-0 text-14">{children}</table>
    </section>
  );
}

/** The head; its children are `<Th>`. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead>
      <tr>{children}</tr>
    </thead>
  );
}

interface CellProps {
  /** A column of figures: right-aligned, digits of one width. */
  numeric?: boolean | undefined;
}

export function Th({ numeric = false, className, ...rest }: ComponentProps<"th"> & CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames(
        "sticky top-0 z-10 whitespace-nowrap border-border border-b bg-surface px-3.5 py-2 font-medium text-12 text-muted",
        numeric ? "text-right" : "text-left",
        className,
      )}
    />
  );
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      className={classNames(
        "transition-colors last:[&>td]:border-b-0 hover:bg-surface [&>td]:border-border [&>td]:border-b",
        className,
      )}
    />
  );
}

export function Td({ numeric = false, className, ...rest }: ComponentProps<"td"> & CellProps) {
  return (
    <td
      {...rest}
      className={classNames(
        "px-3.5 py-2.5 align-middle",
        numeric && "figures whitespace-nowrap text-right",
        className,
      )}
    />
  );
}
