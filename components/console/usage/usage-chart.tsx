"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { type ChartBucket, type ChartSeries, type ChartUnit, formatTick, isDashed } from "./chart-data.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { type UsageParams, usageHref } from "./usage-href.ts";
import { useUsageFormat } from "./use-usage-format.ts";

const mostDots = 40;

export interface UsageChartProps {
  kind: "bars" | "areas" | "lines";
  unit: ChartUnit;
  buckets: readonly ChartBucket[];
  series: readonly ChartSeries[];
  /** Where dragging over a stretch of time leads: the page, asked for that stretch. */
  zoom: { path: string; params: UsageParams };
}

type Point = Record<string, number | string | null>;

/** Drawn by the browser alone: its size is the page's. The table beside it says the same. */
export function UsageChart({ kind, unit, buckets, series, zoom }: UsageChartProps) {
  const router = useRouter();
  const format = useUsageFormat();
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const points = buckets.map(
    (bucket, place): Point => ({
      place,
      title: bucket.title,
      ...Object.fromEntries(series.map(({ values }, index) => [`s${index}`, values[place] ?? null])),
    }),
  );
  const placeOf = (state: { activeTooltipIndex?: number | string | null | undefined }) =>
    state.activeTooltipIndex === undefined || state.activeTooltipIndex === null
      ? null
      : Number(state.activeTooltipIndex);
  const zoomIn = () => {
    setDrag(null);
    if (!drag || drag.from === drag.to) return;
    const [first, last] = [buckets[Math.min(drag.from, drag.to)], buckets[Math.max(drag.from, drag.to)]];
    if (!first || !last) return;
    router.push(usageHref(zoom.path, zoom.params, { range: "custom", from: first.from, to: last.to }), {
      scroll: false,
    });
  };
  const open = (index: number) => {
    const href = series[index]?.href;
    if (href !== undefined && !drag) router.push(href, { scroll: false });
  };
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={points}
        margin={{ top: 8, right: 4, bottom: 0, left: 4 }}
        accessibilityLayer={false}
        onMouseDown={(state) => {
          const place = placeOf(state);
          if (place !== null) setDrag({ from: place, to: place });
        }}
        onMouseMove={(state) => {
          const place = placeOf(state);
          if (place !== null && drag) setDrag({ ...drag, to: place });
        }}
        onMouseUp={zoomIn}
        onMouseLeave={() => setDrag(null)}
      >
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="place"
          tickFormatter={(place: number) => buckets[place]?.label ?? ""}
          tick={{ fill: "var(--muted)", fontSize: 12 }}
          tickLine={false}
          axisLine={{ stroke: "var(--control)" }}
          minTickGap={24}
        />
        <YAxis
          tickFormatter={(value: number) => formatTick(value, unit, format)}
          tick={{ fill: "var(--muted)", fontSize: 12 }}
          tickLine={false}
          axisLine={false}
          width={64}
          niceTicks="snap125"
          allowDecimals={unit !== "count"}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--foreground)", fillOpacity: 0.06, stroke: "var(--control)" }}
          content={({ active, label }) =>
            active ? (
              <ChartTooltip
                place={Number(label)}
                buckets={buckets}
                series={series}
                unit={unit}
                stacked={kind !== "lines"}
              />
            ) : null
          }
        />
        {series.map(({ name, color, href }, index) =>
          layer(kind, {
            name,
            color,
            index,
            dots: buckets.length <= mostDots,
            onClick: href === undefined ? undefined : () => open(index),
          }),
        )}
        {drag && drag.from !== drag.to && (
          <ReferenceArea x1={drag.from} x2={drag.to} fill="var(--accent)" fillOpacity={0.15} />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

interface LayerOptions {
  name: string;
  color: number;
  index: number;
  /** Whether there is room to mark each point. */
  dots: boolean;
  onClick: (() => void) | undefined;
}

function layer(kind: UsageChartProps["kind"], { name, color, index, dots, onClick }: LayerOptions) {
  const shared = {
    name,
    dataKey: `s${index}`,
    isAnimationActive: false,
    ...(onClick && { onClick, cursor: "pointer" }),
  };
  const ink = `var(--chart-${color})`;
  if (kind === "bars") {
    // A thin line of the ground between layers tells them apart without colour.
    return <Bar key={name} {...shared} stackId="all" fill={ink} stroke="var(--background)" strokeWidth={1} />;
  }
  if (kind === "areas") {
    return (
      <Area
        key={name}
        {...shared}
        stackId="all"
        fill={ink}
        fillOpacity={0.75}
        stroke={ink}
        type="stepAfter"
      />
    );
  }
  return (
    <Line
      key={name}
      {...shared}
      stroke={ink}
      strokeWidth={2}
      dot={dots ? { r: 2, fill: ink } : false}
      connectNulls={false}
      {...(isDashed(index) && { strokeDasharray: "5 3" })}
    />
  );
}
