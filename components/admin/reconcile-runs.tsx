import { useTranslations } from "next-intl";
import { Status, type Tone } from "#components/ui/badge.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { Reconciliation } from "#lib/admin/reconcile/reconciliation.ts";
import { driftKinds } from "#lib/admin/reconcile/report.ts";

const tones = {
  running: "accent",
  done: "positive",
  failed: "danger",
  interrupted: "warning",
} satisfies Record<Reconciliation["state"], Tone>;

export function ReconcileRuns({ runs }: { runs: readonly Reconciliation[] }) {
  const t = useTranslations("admin.reconcile");
  return (
    <div>
      <h2 className="mb-3 text-16">{t("runs")}</h2>
      <Table label={t("runs")}>
        <TableHead>
          <Th>{t("column.started")}</Th>
          <Th>{t("column.run")}</Th>
          <Th>{t("column.state")}</Th>
          <Th numeric>{t("column.found")}</Th>
        </TableHead>
        <tbody>
          {runs.map(({ id, startedAt, repair, state, failure, report }) => (
            <Tr key={id}>
              <Td>
                <TimeAgo at={startedAt} />
              </Td>
              <Td>{t(repair ? "repair" : "check")}</Td>
              <Td>
                <Status tone={tones[state]}>{t("state", { state })}</Status>
                {failure !== null && <span className="block text-12 text-danger">{failure}</span>}
              </Td>
              <Td numeric>{report ? driftKinds.reduce((sum, kind) => sum + report[kind].found, 0) : "–"}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
