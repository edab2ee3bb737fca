import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { SettingsTabs } from "#components/settings/settings-tabs.tsx";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("settings");
  return (
    <div className="mx-auto w-full max-w-200 px-4 py-6 sm:px-8 sm:py-8">
      <h1 className="mb-4 text-20">{t("title")}</h1>
      <SettingsTabs />
      {children}
    </div>
  );
}
