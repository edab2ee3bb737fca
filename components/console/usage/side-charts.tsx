import { useLocale, useTranslations } from "next-intl";
import type { UsageSeries } from "#lib/usage/usage-panels.ts";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";
import { ChartCard } from "./chart-card.tsx";
import { bucketsOf, type ChartSeries } from "./chart-data.ts";
import { paramsOf, toggled, usageHref } from "./usage-href.ts";
import type { ValueNames } from "./value-names.ts";

export interface SideChartsProps {
  path: string;
  question: UsageQuestion;
  series: UsageSeries;
  names: ValueNames;
}

const shownErrors = 5;

/** How long requests took, and which failed. */
export function SideCharts({ path, question, series, names }: SideChartsProps) {
  const t = useTranslations("usage");
  const locale = useLocale();
  const params = paramsOf(question);
  const buckets = bucketsOf(series.edges, series.width, { timeZone: question.timeZone, locale });
  const { latencies } = series;
  const lines: ChartSeries[] = [
    { name: t("latency.firstP50"), color: 1, values: latencies.map(({ firstToken }) => firstToken.p50) },
    { name: t("latency.firstP95"), color: 1, values: latencies.map(({ firstToken }) => firstToken.p95) },
    { name: t("latency.totalP50"), color: 2, values: latencies.map(({ total }) => total.p50) },
    { name: t("latency.totalP95"), color: 2, values: latencies.map(({ total }) => total.p95) },
  ];
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <ChartCard
        title={t("latency.title")}
        kind="lines"
        unit="ms"
        buckets={buckets}
        series={lines}
        zoom={{ path, params }}
        empty={latencies.every(({ total }) => total.p50 === null)}
      />
      <ChartCard
        title={t("errors.title")}
        kind="bars"
        unit="count"
        buckets={buckets}
        series={errorLayers({ path, question, series, names }, t("chart.other"))}
        zoom={{ path, params }}
        empty={series.errors.length === 0}
      />
    </div>
  );
}

function errorLayers({ path, question, series, names }: SideChartsProps, otherName: string): ChartSeries[] {
  const { filter } = question;
  const params = paramsOf(question);
  const layers = series.errors.slice(0, shownErrors).map(({ code, status, requests }, index) => ({
    name:
      code === ""
        ? (names.statuses[status] ?? status)
        : status === "failed"
          ? code
          : `${code} (${names.statuses[status] ?? status})`,
    color: index + 1,
    values: requests.map(Number),
    href: usageHref(
      path,
      params,
      code === "" ? toggled(filter, "status", status) : toggled(filter, "error", code),
    ),
  }));
  const rest = series.errors.slice(shownErrors);
  if (rest.length === 0) return layers;
  const values = series.latencies.map((_, place) =>
    rest.reduce((sum, { requests }) => sum + Number(requests[place] ?? 0n), 0),
  );
  return [...layers, { name: otherName, color: 6, values }];
}
