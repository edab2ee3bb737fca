import { useFormatter, useTranslations } from "next-intl";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { SystemFacts } from "#lib/admin/system-facts.ts";
import { useSize } from "./use-size.ts";

/** What takes the room in the database, and which migrations it has. */
export function DatabaseTables({ facts }: { facts: SystemFacts }) {
  const t = useTranslations("admin.system.tables");
  const format = useFormatter();
  const size = useSize();
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="min-w-0">
        <h2 className="mb-3 text-16">{t("title")}</h2>
        <Table label={t("title")}>
          <TableHead>
            <Th>{t("name")}</Th>
            <Th numeric>{t("size")}</Th>
            <Th numeric>{t("rows")}</Th>
          </TableHead>
          <tbody>
            {facts.database.tables.map(({ name, sizeBytes, rows }) => (
              <Tr key={name}>
                <Td className="font-mono text-12">{name}</Td>
                <Td numeric>{size(sizeBytes)}</Td>
                <Td numeric>{format.number(rows, { notation: "compact" })}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
      <div className="min-w-0">
        <h2 className="mb-3 text-16">{t("migrations")}</h2>
        <Table label={t("migrations")}>
          <TableHead>
            <Th>{t("name")}</Th>
            <Th>{t("applied")}</Th>
          </TableHead>
          <tbody>
            {facts.migrations.map(({ name, appliedAt }) => (
              <Tr key={name}>
                <Td className="break-all font-mono text-12">{name}</Td>
                <Td className="figures whitespace-nowrap">
                  {format.dateTime(appliedAt, { dateStyle: "medium", timeZone: "UTC" })}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
    </div>
  );
}
