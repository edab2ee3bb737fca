import { useLocale, useTranslations } from "next-intl";
import type { LogHistogram } from "#lib/usage/log-histogram.ts";
import type { SettledStatus } from "#lib/usage/settlement.ts";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";
import { ChartCard } from "../usage/chart-card.tsx";
import { bucketsOf } from "../usage/chart-data.ts";
import { paramsOf, toggled, usageHref } from "../usage/usage-href.ts";

export interface LogChartProps {
  path: string;
  question: UsageQuestion;
  histogram: LogHistogram;
}

const colors = { succeeded: 1, failed: 5, aborted: 3, interrupted: 4 } satisfies Record<
  SettledStatus,
  number
>;

/** How many requests ended how over the range of the log; dragging over it shows that time alone. */
export function LogChart({ path, question, histogram }: LogChartProps) {
  const t = useTranslations("usage");
  const locale = useLocale();
  const { edges, width, byStatus } = histogram;
  const params = paramsOf(question);
  return (
    <ChartCard
      low
      title={t("chart.requests")}
      kind="bars"
      unit="count"
      buckets={bucketsOf(edges, width, { timeZone: question.timeZone, locale })}
      series={byStatus.map(({ status, counts }) => ({
        name: t(`status.${status}`),
        color: colors[status],
        values: counts,
        href: usageHref(path, params, toggled(question.filter, "status", status)),
      }))}
      zoom={{ path, params }}
      empty={byStatus.length === 0}
    />
  );
}
