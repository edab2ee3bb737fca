import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { UsageFigures } from "#lib/usage/usage-figures.ts";
import type { UsageSeries } from "#lib/usage/usage-panels.ts";
import { measureOf, type UsageQuestion, type UsageStack, usageMeasures } from "#lib/usage/usage-question.ts";
import { ChartCard } from "./chart-card.tsx";
import { bucketsOf, type ChartSeries, cumulate, unitOf, valuesOf } from "./chart-data.ts";
import { paramsOf, toggled, usageHref } from "./usage-href.ts";
import { nameOfValue, type ValueNames } from "./value-names.ts";

export interface MainChartProps {
  path: string;
  question: UsageQuestion;
  series: UsageSeries;
  names: ValueNames;
  stacks: readonly UsageStack[];
}

/** Spend, tokens or requests over time, stacked by what the person chose. */
export function MainChart({ path, question, series, names, stacks }: MainChartProps) {
  const t = useTranslations("usage");
  const locale = useLocale();
  const { by, cumulative } = question;
  const show = by === "kind" ? "tokens" : question.show;
  const params = paramsOf(question);
  const layers =
    by === "kind"
      ? kindLayers(series.totals, cumulative, t)
      : valueLayers({ path, question, series, names }, t("chart.other"));
  const choice = (change: Parameters<typeof usageHref>[2], chosen: boolean, label: string) => (
    <Link
      key={label}
      href={usageHref(path, params, change)}
      scroll={false}
      aria-current={chosen ? "true" : undefined}
      className="target inline-flex items-center rounded-control px-2 text-13 text-muted hover:bg-raised hover:text-foreground aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-foreground"
    >
      {label}
    </Link>
  );
  return (
    <ChartCard
      title={t(`measure.${show}`)}
      kind={cumulative ? "areas" : "bars"}
      unit={unitOf[show]}
      buckets={bucketsOf(series.edges, series.width, { timeZone: question.timeZone, locale })}
      series={layers}
      zoom={{ path, params }}
      empty={series.totals.every(({ requests }) => requests === 0n)}
    >
      <nav aria-label={t("measure.label")} className="flex">
        {usageMeasures.map((measure) =>
          choice(
            { show: measure, ...(by === "kind" && { by: undefined }) },
            measure === show,
            t(`measure.${measure}`),
          ),
        )}
      </nav>
      <nav aria-label={t("stack.label")} className="flex flex-wrap items-center">
        <span className="pr-1 text-13 text-muted">{t("stack.by")}</span>
        {stacks.map((stack) => choice({ by: stack }, stack === by, t(`dimension.${stack}`)))}
      </nav>
      {choice({ cumulative: cumulative ? undefined : "1" }, cumulative, t("chart.cumulative"))}
    </ChartCard>
  );
}

type Texts = ReturnType<typeof useTranslations<"usage">>;

function kindLayers(totals: readonly UsageFigures[], cumulative: boolean, t: Texts): ChartSeries[] {
  const kinds = [
    { name: t("kind.uncached"), of: (each: UsageFigures) => each.promptTokens - each.cachedTokens },
    { name: t("kind.cached"), of: (each: UsageFigures) => each.cachedTokens },
    { name: t("kind.reasoning"), of: (each: UsageFigures) => each.reasoningTokens },
    { name: t("kind.answer"), of: (each: UsageFigures) => each.completionTokens - each.reasoningTokens },
  ];
  return kinds.map(({ name, of }, index) => ({
    name,
    color: index + 1,
    values: cumulate(totals.map(of), cumulative).map(Number),
  }));
}

function valueLayers(
  { path, question, series, names }: Omit<MainChartProps, "stacks">,
  otherName: string,
): ChartSeries[] {
  const { by, show, cumulative, filter } = question;
  if (by === "kind") return [];
  const values = (figures: readonly UsageFigures[]) => valuesOf(figures, show, cumulative);
  const layers: ChartSeries[] = series.groups.map(({ value, figures }, index) => ({
    name: nameOfValue(names, by, value),
    color: index + 1,
    values: values(figures),
    href: usageHref(path, paramsOf(question), toggled(filter, by, value)),
  }));
  const hasOther = series.other?.some((figures) => measureOf(figures, show) !== 0n);
  return series.other && hasOther
    ? [...layers, { name: otherName, color: 6, values: values(series.other) }]
    : layers;
}
