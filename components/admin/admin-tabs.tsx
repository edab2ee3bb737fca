"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { paths } from "#components/shell/paths.ts";
import { classNames } from "#components/ui/class-names.ts";

/** The pages of the admin, in their order. Another one is a line here, its text, and its page below `/admin`. */
const tabs = [
  "accounts",
  "usage",
  "prices",
  "upstreams",
  "reconcile",
  "settings",
  "system",
  "audit",
] as const;

export function AdminTabs() {
  const t = useTranslations("admin.tabs");
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
      aria-label={t("label")}
      className="relative flex gap-1 overflow-x-auto border-border border-b"
    >
      {tabs.map((tab) => {
        const path = `${paths.admin}/${tab}`;
        const current = pathname.startsWith(path);
        return (
          <Link
            key={tab}
            href={path}
            prefetch={false}
            aria-current={current ? "page" : undefined}
            className={classNames(
              "target -mb-px inline-flex items-center whitespace-nowrap border-b-2 px-3 font-medium text-14 transition-colors hover:text-foreground focus-visible:-outline-offset-2",
              current ? "border-accent text-foreground" : "border-transparent text-muted",
            )}
          >
            {t(tab)}
          </Link>
        );
      })}
    </nav>
  );
}
