import { useTranslations } from "next-intl";
import { PageTabs } from "#components/shell/page-tabs.tsx";
import { paths } from "#components/shell/paths.ts";

/** The pages of the admin, in their order. Another one is a line here, its text, and its page below `/admin`. */
const tabs = [
  "accounts",
  "usage",
  "requests",
  "prices",
  "upstreams",
  "reconcile",
  "settings",
  "system",
  "audit",
] as const;

export function AdminTabs() {
  const t = useTranslations("admin.tabs");
  return (
    <PageTabs
      label={t("label")}
      tabs={tabs.map((tab) => ({ path: `${paths.admin}/${tab}`, label: t(tab) }))}
    />
  );
}
