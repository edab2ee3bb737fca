import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { getConfig } from "#lib/ops/config.ts";
import type { ShownSetting } from "#lib/ops/shown-settings.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.settings"))("title") };
}

/** What this process was started with. Settings are changed where it is started, never here. */
export default async function AdminSettingsPage() {
  await requireAdmin();
  const t = await getTranslations("admin.settings");
  const { shownSettings } = getConfig();
  const shownValue = ({ value, isSet, isSecret }: ShownSetting) => {
    if (value !== null) return <code className="break-all font-mono text-12">{value}</code>;
    return <span className="text-muted">{t(isSecret && isSet ? "hidden" : "unset")}</span>;
  };
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-16">{t("title")}</h1>
        <p className="mt-1 max-w-180 text-pretty text-muted">{t("lead")}</p>
      </div>
      <Table label={t("title")}>
        <TableHead>
          <Th>{t("column.setting")}</Th>
          <Th>{t("column.value")}</Th>
          <Th>{t("column.origin")}</Th>
        </TableHead>
        <tbody>
          {shownSettings.map((setting) => (
            <Tr key={setting.name}>
              <Td className="min-w-60 max-w-120">
                <code className="font-mono text-12">{setting.name}</code>
                <span className="mt-0.5 block text-pretty text-12 text-muted" lang="en">
                  {setting.doc}
                </span>
              </Td>
              <Td className="min-w-44 max-w-80">{shownValue(setting)}</Td>
              <Td>
                <Badge tone={setting.isSet ? "accent" : "neutral"}>
                  {t(setting.isSet ? "origin.environment" : "origin.default")}
                </Badge>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
