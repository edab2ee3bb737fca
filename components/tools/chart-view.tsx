import { useLocale, useTranslations } from "next-intl";
import type { ChartSpec } from "#lib/chat/tools/chart/chart-spec.ts";
import {
  frame,
  labelPlaces,
  linePath,
  type Scale,
  shownLabels,
  slices,
  valueScale,
} from "./chart-geometry.ts";

const hues = [1, 2, 3, 4, 5, 6].map((hue) => `var(--chart-${hue})`);
const hueOf = (index: number) => hues[index % hues.length];

/** Writes a number in the reader's language. */
function useNumberWords(): (value: number) => string {
  const locale = useLocale();
  return (value) => value.toLocaleString(locale, { maximumFractionDigits: 3 });
}

/** A chart drawn as SVG, its legend, and its values as a table for who cannot see it. */
export function ChartView({ spec }: { spec: ChartSpec }) {
  const t = useTranslations("tools.cards");
  const names = spec.type === "pie" ? spec.labels.map(String) : spec.series.map(({ name }) => name);
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      {spec.title && <figcaption className="font-medium text-14">{spec.title}</figcaption>}
      {spec.type === "pie" ? <Pie spec={spec} /> : <Plot spec={spec} />}
      {(names.length > 1 || spec.type === "pie") && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
          {Object.entries(names).map(([place, name]) => (
            <li key={place} className="flex items-center gap-1.5">
              <span
                aria-hidden="true"
                className="size-2.5 rounded-full"
                style={{ background: hueOf(Number(place)) }}
              />
              {name}
            </li>
          ))}
        </ul>
      )}
      <details className="text-13">
        <summary className="w-fit cursor-pointer text-muted">{t("chartTable")}</summary>
        <Values spec={spec} />
      </details>
    </figure>
  );
}

/** Every digit that a number has: a table is read for what the picture only shows. */
const exactly = { maximumSignificantDigits: 15 };

function Values({ spec }: { spec: ChartSpec }) {
  const t = useTranslations("tools.cards");
  const locale = useLocale();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div tabIndex={0} className="mt-2 max-h-60 overflow-auto">
      <table className="figures text-left">
        <caption className="sr-only">{spec.title ?? t(`chartTypes.${spec.type}`)}</caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="pr-4 font-normal">
              {spec.x_label ?? t("chartLabel")}
            </th>
            {spec.series.map(({ name }) => (
              <th key={name} scope="col" className="pr-4 text-right font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(spec.labels).map(([row, label]) => (
            <tr key={row}>
              <th scope="row" className="pr-4 font-normal">
                {label}
              </th>
              {spec.series.map(({ name, values }) => (
                <td key={name} className="pr-4 text-right">
                  {values[Number(row)]?.toLocaleString(locale, exactly) ?? "–"}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Plot({ spec }: { spec: ChartSpec }) {
  const t = useTranslations("tools.cards");
  const inWords = useNumberWords();
  const scale = valueScale(spec);
  const places = labelPlaces(spec);
  return (
    <svg
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role="img"
      aria-label={spec.title ?? t(`chartTypes.${spec.type}`)}
      className="w-full"
    >
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={frame.left}
            x2={frame.width - frame.right}
            y1={scale.y(tick)}
            y2={scale.y(tick)}
            stroke="var(--border)"
          />
          <text x={frame.left - 8} y={scale.y(tick) + 4} textAnchor="end" fontSize={12} fill="var(--muted)">
            {inWords(tick)}
          </text>
        </g>
      ))}
      {shownLabels(spec.labels).map((index) => (
        <text
          key={index}
          x={places.x[index]}
          y={frame.height - frame.bottom + 18}
          textAnchor="middle"
          fontSize={12}
          fill="var(--muted)"
        >
          {String(spec.labels[index]).slice(0, 12)}
        </text>
      ))}
      {spec.series.map((series, index) => (
        <Series key={series.name} spec={spec} index={index} places={places} scale={scale} />
      ))}
    </svg>
  );
}

interface SeriesProps {
  spec: ChartSpec;
  index: number;
  places: { x: number[]; slot: number };
  scale: Scale;
}

function Series({ spec, index, places, scale }: SeriesProps) {
  const values = spec.series[index]?.values ?? [];
  const colour = hueOf(index);
  if (spec.type === "bar") return <Bars {...{ spec, index, places, scale }} />;
  if (spec.type === "scatter") {
    return Object.entries(values).map(([place, value]) =>
      value === null ? null : (
        <circle
          key={place}
          cx={places.x[Number(place)]}
          cy={scale.y(value)}
          r={4}
          fill={colour}
          fillOpacity={0.8}
        />
      ),
    );
  }
  const line = linePath(values, places.x, scale);
  const whole = !values.includes(null);
  const foot = scale.y(Math.max(0, scale.min)).toFixed(1);
  return (
    <g>
      {spec.type === "area" && whole && (
        <path
          d={`${line}L${places.x.at(-1)} ${foot}L${places.x[0]} ${foot}Z`}
          fill={colour}
          fillOpacity={0.2}
        />
      )}
      <path d={line} fill="none" stroke={colour} strokeWidth={2} strokeLinejoin="round" />
      {values.length <= 40 &&
        Object.entries(values).map(([place, value]) =>
          value === null ? null : (
            <circle key={place} cx={places.x[Number(place)]} cy={scale.y(value)} r={3} fill={colour} />
          ),
        )}
    </g>
  );
}

function Bars({ spec, index, places, scale }: SeriesProps) {
  const width = (places.slot * 0.7) / spec.series.length;
  const zero = scale.y(Math.min(Math.max(0, scale.min), scale.max));
  return Object.entries(spec.series[index]?.values ?? []).map(([place, value]) =>
    value === null ? null : (
      <rect
        key={place}
        x={(places.x[Number(place)] ?? 0) - places.slot * 0.35 + width * index}
        y={Math.min(zero, scale.y(value))}
        width={Math.max(1, width - 1)}
        height={Math.max(1, Math.abs(scale.y(value) - zero))}
        fill={hueOf(index)}
        rx={Math.min(2, width / 3)}
      />
    ),
  );
}

function Pie({ spec }: { spec: ChartSpec }) {
  const t = useTranslations("tools.cards");
  const locale = useLocale();
  const inWords = useNumberWords();
  const values = (spec.series[0]?.values ?? []).map((value) => value ?? 0);
  return (
    <svg
      viewBox="-110 -110 220 220"
      role="img"
      aria-label={spec.title ?? t(`chartTypes.${spec.type}`)}
      className="mx-auto w-56 max-w-full"
    >
      {Object.entries(slices(values, 100)).map(([place, { path, share }]) => (
        <path key={place} d={path} fill={hueOf(Number(place))} stroke="var(--background)" strokeWidth={1.5}>
          <title>{`${spec.labels[Number(place)]}: ${inWords(values[Number(place)] ?? 0)} (${share.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 })})`}</title>
        </path>
      ))}
    </svg>
  );
}
