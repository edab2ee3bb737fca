"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { classNames } from "#components/ui/class-names.ts";

export interface PageTabsProps {
  label: string;
  tabs: readonly { path: string; label: string }[];
  className?: string;
}

/** Links to the pages of one part of the product, the current one marked and in sight. */
export function PageTabs({ label, tabs, className }: PageTabsProps) {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  // On a phone the current one may lie beyond the edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another current tab.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>("[aria-current=page]");
    nav.current?.scrollTo({ left: (current?.offsetLeft ?? 0) - 48 });
  }, [pathname]);
  return (
    <nav
      ref={nav}
      aria-label={label}
      className={classNames("relative flex gap-1 overflow-x-auto border-border border-b", className)}
    >
      {tabs.map((tab) => {
        const current = pathname.startsWith(tab.path);
        return (
          <Link
            key={tab.path}
            href={tab.path}
            prefetch={false}
            aria-current={current ? "page" : undefined}
            className={classNames(
              "target -mb-px inline-flex items-center whitespace-nowrap border-b-2 px-3 font-medium text-14 transition-colors hover:text-foreground focus-visible:-outline-offset-2",
              current ? "border-accent text-foreground" : "border-transparent text-muted",
            )}
          >
            {tab.label}
          </Link>
        );
      })}
    </nav>
  );
}
