import { useTranslations } from "next-intl";
import { type ChartBucket, type ChartSeries, type ChartUnit, formatValue } from "./chart-data.ts";
import { Swatch } from "./swatch.tsx";
import { useUsageFormat } from "./use-usage-format.ts";

export interface ChartTooltipProps {
  place: number;
  buckets: readonly ChartBucket[];
  series: readonly ChartSeries[];
  unit: ChartUnit;
  /** Whether the layers are parts of a whole. */
  stacked: boolean;
}

/** The figures of the bucket under the pointer. */
export function ChartTooltip({ place, buckets, series, unit, stacked }: ChartTooltipProps) {
  const t = useTranslations("usage");
  const format = useUsageFormat();
  const bucket = buckets[place];
  if (!bucket) return null;
  const total = series.reduce((sum, { values }) => sum + (values[place] ?? 0), 0);
  const shown = series.filter(({ values }) => (values[place] ?? 0) !== 0);
  return (
    <div className="figures min-w-44 rounded-card border border-border bg-overlay p-3 text-13 shadow-float">
      <p className="mb-1.5 font-medium">{bucket.title}</p>
      {shown.length === 0 && <p className="text-muted">{t("chart.nothing")}</p>}
      <ul className="flex flex-col gap-0.5">
        {shown.map(({ name, color, values }) => (
          <li key={name} className="flex items-center gap-2">
            <Swatch color={color} />
            <span className="min-w-0 flex-1 truncate text-muted">{name}</span>
            <span>{formatValue(values[place] ?? 0, unit, format)}</span>
          </li>
        ))}
        {stacked && shown.length > 1 && (
          <li className="mt-1 flex justify-between gap-4 border-border border-t pt-1 font-medium">
            <span>{t("chart.total")}</span>
            <span>{formatValue(total, unit, format)}</span>
          </li>
        )}
      </ul>
    </div>
  );
}
