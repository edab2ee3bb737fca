"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { DropdownMenu, MenuChoice } from "./dropdown-menu.tsx";
import { readTheme, type Theme, watchPreferences, writeTheme } from "./preferences.ts";

const icons = [
  { value: "light", icon: <Sun aria-hidden="true" /> },
  { value: "dark", icon: <Moon aria-hidden="true" /> },
  { value: "system", icon: <Monitor aria-hidden="true" /> },
] as const;

const beforeItIsKnown = (): Theme => "system";

/** The three themes as a part of a menu. */
export function ThemeChoice() {
  const t = useTranslations("common.theme");
  const theme = useSyncExternalStore(watchPreferences, readTheme, beforeItIsKnown);
  const choices = icons.map(({ value, icon }) => ({ value, icon, label: t(value) }));
  return <MenuChoice label={t("name")} value={theme} choices={choices} onChange={writeTheme} />;
}

/** The same as a button of its own. */
export function ThemeToggle() {
  const t = useTranslations("common.theme");
  return (
    <DropdownMenu
      trigger={
        <button
          type="button"
          aria-label={t("name")}
          title={t("name")}
          className="target-square inline-flex items-center justify-center rounded-control text-muted hover:bg-raised hover:text-foreground data-[state=open]:bg-raised"
        >
          <Sun aria-hidden="true" className="size-4.5 dark:hidden" />
          <Moon aria-hidden="true" className="hidden size-4.5 dark:block" />
        </button>
      }
    >
      <ThemeChoice />
    </DropdownMenu>
  );
}
