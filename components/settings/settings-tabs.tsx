import { useTranslations } from "next-intl";
import { PageTabs } from "#components/shell/page-tabs.tsx";

/** The pages of the settings, in their order. Another one is a line here, its text, and its page below `/settings`. */
const tabs = ["general", "account", "prompts", "alerts", "tools", "data"] as const;

export function SettingsTabs() {
  const t = useTranslations("settings.tabs");
  return (
    <PageTabs
      label={t("label")}
      tabs={tabs.map((tab) => ({ path: `/settings/${tab}`, label: t(tab) }))}
      className="mb-6"
    />
  );
}
