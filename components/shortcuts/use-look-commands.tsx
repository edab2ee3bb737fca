"use client";

import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { callApi } from "#components/forms/call-api.ts";
import { languages } from "#components/messages/languages.ts";
import { writeTheme } from "#components/ui/preferences.ts";
import { toast } from "#components/ui/toast-store.ts";
import type { Locale } from "#lib/accounts/choices.ts";
import type { Command } from "./command.ts";

const themes = [
  { value: "light", icon: <Sun /> },
  { value: "dark", icon: <Moon /> },
  { value: "system", icon: <Monitor /> },
] as const;

/** Theme and language. */
export function useLookCommands(): Command[] {
  const t = useTranslations("shell.palette");
  const theme = useTranslations("common.theme");
  const router = useRouter();

  async function speak(locale: Locale) {
    const answer = await callApi("PATCH", "/api/account/preferences", { locale }, () => null);
    if (answer.ok) router.refresh();
    else toast({ title: t("languageFailed"), description: answer.message, tone: "danger" });
  }
  return [
    ...themes.map(({ value, icon }) => ({
      id: `theme-${value}`,
      group: "look" as const,
      icon,
      label: t("theme", { name: theme(value) }),
      words: `theme ${value}`,
      run: () => writeTheme(value),
    })),
    ...languages.map(({ value, label }) => ({
      id: `language-${value}`,
      group: "look" as const,
      icon: <Languages />,
      label: t("language", { name: label }),
      words: `language ${value}`,
      run: () => void speak(value),
    })),
  ];
}
