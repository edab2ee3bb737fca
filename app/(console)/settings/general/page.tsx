import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { GeneralSettings } from "#components/settings/general-settings.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("tabs.general")} · ${t("title")}` };
}

export default async function GeneralSettingsPage() {
  const { preferences } = await requireAccount();
  return <GeneralSettings preferences={preferences} locale={await getLocale()} />;
}
