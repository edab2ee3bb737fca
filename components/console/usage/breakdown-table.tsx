"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { formatMoneyExact } from "#components/ui/format-money.ts";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { UsageDimension } from "#lib/usage/usage-filter.ts";
import type { BreakdownRow } from "#lib/usage/usage-panels.ts";
import { type UsageParams, usageHref } from "./usage-href.ts";
import { useUsageFormat } from "./use-usage-format.ts";
import { nameOfValue, type ValueNames } from "./value-names.ts";

export interface BreakdownTableProps {
  by: UsageDimension;
  rows: readonly BreakdownRow[];
  /** How many rows there are, where only those with the most are given. */
  total?: number;
  names: ValueNames;
  params: UsageParams;
  /** The log, which a row leads to. */
  logPath: string;
  exportPath: string;
  /** What can be exported; both, if left out. */
  exports?: readonly ("breakdown" | "requests")[];
}

const columns = [
  "requests",
  "failures",
  "promptTokens",
  "cachedTokens",
  "completionTokens",
  "savedNanoUsd",
  "costNanoUsd",
] as const;
type Column = (typeof columns)[number];

/** What each value used. A row leads to its requests in the log, with the same filters. */
export function BreakdownTable(props: BreakdownTableProps) {
  const { by, rows, names, params, logPath, exportPath } = props;
  const { total = rows.length, exports = ["breakdown", "requests"] } = props;
  const t = useTranslations("usage");
  const format = useUsageFormat();
  const [sort, setSort] = useState<{ column: Column; rising: boolean }>({
    column: "costNanoUsd",
    rising: false,
  });
  const sorted = rows.toSorted((a, b) => {
    const [x, y] = [a.figures[sort.column], b.figures[sort.column]];
    return (x < y ? -1 : x > y ? 1 : 0) * (sort.rising ? 1 : -1);
  });
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
        <h2 className="text-16">{t("breakdown.title", { by: t(`dimension.${by}`) })}</h2>
        <ExportLinks params={params} exportPath={exportPath} exports={exports} />
      </div>
      <Table label={t("breakdown.title", { by: t(`dimension.${by}`) })}>
        <TableHead>
          <Th>{t(`dimension.${by}`)}</Th>
          {columns.map((column) => (
            <SortableTh
              key={column}
              label={t(`breakdown.${column}`)}
              order={sort.column === column ? (sort.rising ? "ascending" : "descending") : "none"}
              onSort={() => setSort({ column, rising: sort.column === column && !sort.rising })}
            />
          ))}
        </TableHead>
        <tbody>
          {sorted.map(({ value, figures }) => (
            <Tr key={value} className="relative focus-within:bg-surface">
              <Td className="max-w-64">
                <Link
                  href={usageHref(logPath, params, { [by]: value })}
                  className="block truncate after:absolute after:inset-0 hover:underline"
                >
                  {nameOfValue(names, by, value)}
                </Link>
              </Td>
              {columns.map((column) => (
                <Td
                  key={column}
                  numeric
                  className={column === "failures" && figures.failures > 0n ? "text-danger" : undefined}
                >
                  {column.endsWith("NanoUsd")
                    ? formatMoneyExact(figures[column])
                    : format.count(Number(figures[column]))}
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
      {total > rows.length && (
        <p className="mt-2 text-13 text-muted">{t("breakdown.most", { count: rows.length, total })}</p>
      )}
    </div>
  );
}

interface SortableThProps {
  label: string;
  order: "ascending" | "descending" | "none";
  onSort: () => void;
}

function SortableTh({ label, order, onSort }: SortableThProps) {
  return (
    <Th numeric aria-sort={order}>
      <button
        type="button"
        onClick={onSort}
        className="inline-flex items-center gap-1 rounded-control hover:text-foreground"
      >
        {order === "ascending" && <ArrowUp aria-hidden="true" className="size-3" />}
        {order === "descending" && <ArrowDown aria-hidden="true" className="size-3" />}
        {label}
      </button>
    </Th>
  );
}

type ExportLinksProps = Required<Pick<BreakdownTableProps, "params" | "exportPath" | "exports">>;

function ExportLinks({ params, exportPath, exports }: ExportLinksProps) {
  const t = useTranslations("usage");
  const files = [
    { what: "breakdown", format: "csv" },
    { what: "breakdown", format: "json" },
    { what: "requests", format: "csv" },
    { what: "requests", format: "json" },
  ] as const;
  return (
    <p className="flex flex-wrap gap-x-3 text-13 text-muted">
      {exports.map((kind) => (
        <span key={kind}>
          {t(`export.${kind}`)}{" "}
          {files
            .filter(({ what }) => what === kind)
            .map(({ what, format }) => (
              <a
                key={format}
                href={usageHref(exportPath, params, { what, format })}
                download
                aria-label={t("export.label", { what: t(`export.${what}`), format: format.toUpperCase() })}
                className="link mr-2 inline-block"
              >
                {format.toUpperCase()}
              </a>
            ))}
        </span>
      ))}
    </p>
  );
}
