"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { classNames } from "#components/ui/class-names.ts";

/** The pages of the settings, in their order. Another one is a line here, its text, and its page below `/settings`. */
const tabs = ["general", "account", "alerts", "tools", "data"] as const;

export function SettingsTabs() {
  const t = useTranslations("settings.tabs");
  const pathname = usePathname();
  return (
    <nav aria-label={t("label")} className="mb-6 flex gap-1 overflow-x-auto border-border border-b">
      {tabs.map((tab) => {
        const path = `/settings/${tab}`;
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
