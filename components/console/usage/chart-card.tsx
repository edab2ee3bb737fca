"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { formatValue, isDashed } from "./chart-data.ts";
import { Swatch } from "./swatch.tsx";
import type { UsageChartProps } from "./usage-chart.tsx";
import { useUsageFormat } from "./use-usage-format.ts";

const LazyChart = dynamic(async () => (await import("./usage-chart.tsx")).UsageChart, {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});

export interface ChartCardProps extends UsageChartProps {
  title: string;
  /** What can be chosen about the chart. */
  children?: ReactNode;
  /** Whether there is anything to draw. */
  empty: boolean;
  /** Beside something that matters more. */
  low?: boolean | undefined;
}

/** A chart with its legend, or the same figures as a table: the choice of who cannot see the one. */
export function ChartCard({ title, children, empty, low = false, ...chart }: ChartCardProps) {
  const t = useTranslations("usage");
  const titleId = useId();
  const [asTable, setAsTable] = useState(false);
  const height = low ? "h-32" : "h-60";
  return (
    <section aria-labelledby={titleId} className="min-w-0 rounded-card border border-border p-4">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id={titleId} className="text-14">
          {title}
        </h2>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {children}
          <Button size="small" variant="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? t("chart.asChart") : t("chart.asTable")}
          </Button>
        </div>
      </div>
      {asTable ? (
        <ChartTable title={title} {...chart} />
      ) : empty ? (
        <p className={classNames("flex items-center justify-center text-13 text-muted", height)}>
          {t("chart.empty")}
        </p>
      ) : (
        <figure>
          <div
            role="img"
            aria-label={t("chart.label", { title })}
            className={classNames("w-full select-none", height)}
          >
            <LazyChart {...chart} />
          </div>
          <Legend series={chart.series} kind={chart.kind} />
        </figure>
      )}
    </section>
  );
}

function Legend({ series, kind }: Pick<UsageChartProps, "series" | "kind">) {
  const t = useTranslations("usage");
  return (
    <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-13 text-muted">
      {series.map(({ name, color, href }, index) => (
        <span key={name} className="inline-flex min-w-0 items-center gap-1.5">
          <Swatch color={color} dashed={kind === "lines" && isDashed(index)} />
          {href === undefined ? (
            name
          ) : (
            <Link
              href={href}
              scroll={false}
              className="truncate hover:text-foreground hover:underline"
              aria-label={t("filter.by", { value: name })}
            >
              {name}
            </Link>
          )}
        </span>
      ))}
    </figcaption>
  );
}

function ChartTable({ title, buckets, series, unit }: UsageChartProps & { title: string }) {
  const t = useTranslations("usage");
  const format = useUsageFormat();
  return (
    <Table label={t("chart.tableOf", { title })}>
      <TableHead>
        <Th>{t("chart.time")}</Th>
        {series.map(({ name }) => (
          <Th key={name} numeric>
            {name}
          </Th>
        ))}
      </TableHead>
      <tbody>
        {buckets.map((bucket, place) => (
          <Tr key={bucket.from}>
            <Td className="whitespace-nowrap">{bucket.title}</Td>
            {series.map(({ name, values }) => (
              <Td key={name} numeric>
                {values[place] === null || values[place] === undefined
                  ? "–"
                  : formatValue(values[place], unit, format)}
              </Td>
            ))}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
