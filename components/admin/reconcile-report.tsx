import { useFormatter, useTranslations } from "next-intl";
import { Status } from "#components/ui/badge.tsx";
import { formatMoneyExact } from "#components/ui/format-money.ts";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { Reconciliation } from "#lib/admin/reconcile/reconciliation.ts";
import { type DriftKind, driftKinds, type ReconcileReport } from "#lib/admin/reconcile/report.ts";

/** What the last run that came to its end found. */
export function ReconcileReportView({ run, report }: { run: Reconciliation; report: ReconcileReport }) {
  const t = useTranslations("admin.reconcile");
  const format = useFormatter();
  const day = (text: string) => format.dateTime(new Date(text), { dateStyle: "medium", timeZone: "UTC" });
  const examples = driftKinds.flatMap((kind) =>
    report[kind].examples.map((example) => ({ kind, ...example })),
  );
  return (
    <section aria-labelledby="reconcile-report" className="flex flex-col gap-4">
      <h2 id="reconcile-report" className="text-16">
        <Status tone={run.right ? "positive" : "danger"}>
          {t(run.right ? (examples.length > 0 ? "repaired" : "agrees") : "differs")}
        </Status>
      </h2>
      <p className="max-w-180 text-pretty text-muted">
        {t("compared", {
          requests: Number(report.requests),
          cost: formatMoneyExact(report.costNanoUsd),
          from: day(report.from),
          to: day(new Date(Date.parse(report.to) - 1).toISOString()),
        })}{" "}
        {report.keptFrom !== null && t("keptFrom", { day: day(report.keptFrom) })}
      </p>
      <Table label={t("kinds")}>
        <TableHead>
          <Th>{t("column.kind")}</Th>
          <Th numeric>{t("column.found")}</Th>
          <Th numeric>{t("column.repaired")}</Th>
        </TableHead>
        <tbody>
          {driftKinds.map((kind) => (
            <Tr key={kind}>
              <Td>
                <span className="block">{t(`kind.${kind}`)}</span>
                <span className="block text-12 text-muted">{t(`against.${kind}`)}</span>
              </Td>
              <Td numeric>{format.number(report[kind].found)}</Td>
              <Td numeric>{run.repair ? format.number(report[kind].repaired) : "–"}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {examples.length > 0 && <Examples examples={examples} />}
    </section>
  );
}

interface Example {
  kind: DriftKind;
  what: string;
  rows: string;
  stored: string;
}

function Examples({ examples }: { examples: readonly Example[] }) {
  const t = useTranslations("admin.reconcile");
  const amount = (kind: DriftKind, value: string) => (kind === "quotas" ? value : formatMoneyExact(value));
  return (
    <Table label={t("examples")}>
      <TableHead>
        <Th>{t("column.kind")}</Th>
        <Th>{t("column.what")}</Th>
        <Th numeric>{t("column.rows")}</Th>
        <Th numeric>{t("column.stored")}</Th>
      </TableHead>
      <tbody>
        {examples.map(({ kind, what, rows, stored }) => (
          <Tr key={`${kind} ${what} ${stored}`}>
            <Td className="whitespace-nowrap">{t(`kind.${kind}`)}</Td>
            <Td className="max-w-120 break-all font-mono text-12">{what}</Td>
            <Td numeric>{amount(kind, rows)}</Td>
            <Td numeric className="text-danger">
              {amount(kind, stored)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
