import { useFormatter, useTranslations } from "next-intl";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { LivingProcess } from "#lib/admin/living-process.ts";
import { useSize } from "./use-size.ts";

/** The processes that are alive, by what each said with its last heartbeat. */
export function ProcessTable({ processes }: { processes: readonly LivingProcess[] }) {
  const t = useTranslations("admin.system.processes");
  const format = useFormatter();
  const size = useSize();
  return (
    <div>
      <h2 className="mb-3 text-16">{t("title")}</h2>
      <Table label={t("title")}>
        <TableHead>
          <Th>{t("host")}</Th>
          <Th>{t("serves")}</Th>
          <Th>{t("version")}</Th>
          <Th>{t("started")}</Th>
          <Th>{t("seen")}</Th>
          <Th numeric>{t("active")}</Th>
          <Th numeric>{t("memory")}</Th>
        </TableHead>
        <tbody>
          {processes.map(({ id, startedAt, heartbeatAt, status }) => (
            <Tr key={id}>
              <Td title={id}>{status ? `${status.host} · ${status.pid}` : id}</Td>
              <Td>{status ? t("role", { role: status.role }) : "–"}</Td>
              <Td className="figures">{status?.version ?? "–"}</Td>
              <Td>
                <TimeAgo at={startedAt} />
              </Td>
              <Td>
                <TimeAgo at={heartbeatAt} />
              </Td>
              <Td numeric>{status?.activeRequests == null ? "–" : format.number(status.activeRequests)}</Td>
              <Td numeric>{status ? size(status.residentBytes) : "–"}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
