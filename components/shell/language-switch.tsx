"use client";

import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { languages } from "#components/messages/languages.ts";
import { localeCookie } from "#components/messages/negotiate-locale.ts";
import { DropdownMenu, MenuChoice } from "#components/ui/dropdown-menu.tsx";
import type { Locale } from "#lib/accounts/choices.ts";

const yearS = 365 * 24 * 60 * 60;

/** The language of a visitor who is not signed in, kept by the browser; an account's own is in its settings. */
export function LanguageSwitch() {
  const t = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  function choose(chosen: Locale) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox before 140.
    document.cookie = `${localeCookie}=${chosen}; path=/; max-age=${yearS}; samesite=lax`;
    router.refresh();
  }
  return (
    <DropdownMenu
      trigger={
        <button
          type="button"
          aria-label={t("language")}
          title={t("language")}
          className="target-square inline-flex items-center justify-center rounded-control text-muted hover:bg-raised hover:text-foreground data-[state=open]:bg-raised"
        >
          <Languages aria-hidden="true" className="size-4.5" />
        </button>
      }
    >
      <MenuChoice label={t("language")} value={locale} choices={languages} onChange={choose} />
    </DropdownMenu>
  );
}
