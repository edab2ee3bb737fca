import {
  Cloud,
  CloudDrizzle,
  CloudFog,
  CloudLightning,
  CloudRain,
  CloudSnow,
  type LucideIcon,
  Sun,
} from "lucide-react";
import type { ReactNode } from "react";
import { z } from "zod";
import { chartSpecSchema } from "#lib/chat/tools/chart/chart-spec.ts";
import { ChartView } from "./chart-view.tsx";
import { words } from "./words.ts";

/** A result of one of our own tools, drawn for what it is. Null when it is not of the shape that is drawn. */
type Rich = (input: unknown, output: unknown) => ReactNode | null;

const calculationSchema = z.object({
  result: z.string(),
  exact: z.boolean(),
  decimal: z.string().optional(),
});
const expressionSchema = z.looseObject({ expression: z.string() });

const calculation: Rich = (input, output) => {
  const [asked, given] = [expressionSchema.safeParse(input), calculationSchema.safeParse(output)];
  if (!asked.success || !given.success) return null;
  const { result, exact, decimal } = given.data;
  return (
    <div className="flex flex-col gap-1">
      <p className="break-words font-mono text-13 text-muted">{asked.data.expression}</p>
      <p className="figures break-all font-medium text-20">= {result}</p>
      <p className="figures break-all text-13 text-muted">
        {decimal === undefined ? (exact ? words.fields.exact : words.fields.rounded) : `≈ ${decimal}`}
      </p>
    </div>
  );
};

const timesSchema = z.object({
  times: z.array(z.object({ timeZone: z.string(), local: z.string(), iso: z.string() })),
});

const times: Rich = (_input, output) => {
  const given = timesSchema.safeParse(output);
  if (!given.success) return null;
  return (
    <ul className="flex flex-col gap-2">
      {given.data.times.map(({ timeZone, local, iso }) => (
        <li key={timeZone} className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-muted">{timeZone}</span>
          <time dateTime={iso} title={iso} className="figures font-medium">
            {local}
          </time>
        </li>
      ))}
    </ul>
  );
};

const skyIcons: Record<string, LucideIcon> = {
  clear: Sun,
  cloudy: Cloud,
  fog: CloudFog,
  drizzle: CloudDrizzle,
  rain: CloudRain,
  snow: CloudSnow,
  thunderstorm: CloudLightning,
};
const sky = z.enum(["clear", "cloudy", "fog", "drizzle", "rain", "snow", "thunderstorm", "unknown"]);
const weatherSchema = z.object({
  place: z.string(),
  source: z.string(),
  current: z.object({
    sky,
    temperatureC: z.number(),
    feelsLikeC: z.number(),
    humidityPercent: z.number(),
    windKmh: z.number(),
  }),
  days: z.array(
    z.object({
      date: z.string(),
      sky,
      highC: z.number().nullable(),
      lowC: z.number().nullable(),
      rainChancePercent: z.number().nullable(),
    }),
  ),
});

const weather: Rich = (_input, output) => {
  const given = weatherSchema.safeParse(output);
  if (!given.success) return null;
  const { place, source, current, days } = given.data;
  const Icon = skyIcons[current.sky] ?? Cloud;
  const facts = [
    [words.weather.feelsLike, `${Math.round(current.feelsLikeC)} °C`],
    [words.weather.humidity, `${current.humidityPercent} %`],
    [words.weather.wind, `${Math.round(current.windKmh)} km/h`],
  ];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Icon aria-hidden="true" className="size-8 text-muted" />
        <p className="figures font-medium text-28">{Math.round(current.temperatureC)} °C</p>
        <div>
          <p className="font-medium">{place}</p>
          <p className="text-13 text-muted">
            {words.weather.skies[current.sky]} · {source}
          </p>
        </div>
        <dl className="ml-auto grid grid-cols-[auto_auto] gap-x-3 text-13">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="figures text-right">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <ul className="flex gap-2 overflow-x-auto border-border border-t pt-3">
        {days.map((day) => {
          const DayIcon = skyIcons[day.sky] ?? Cloud;
          return (
            <li key={day.date} className="flex min-w-20 flex-1 flex-col items-center gap-1 text-13">
              <time dateTime={day.date} className="text-muted">
                {new Date(`${day.date}T12:00Z`).toLocaleDateString("en", {
                  weekday: "short",
                  timeZone: "UTC",
                })}
              </time>
              <DayIcon aria-label={words.weather.skies[day.sky]} className="size-5" />
              <span className="figures">
                {degrees(day.highC)} <span className="text-muted">{degrees(day.lowC)}</span>
              </span>
              {day.rainChancePercent !== null && (
                <span className="figures text-12 text-muted" title={words.weather.rain}>
                  {day.rainChancePercent} %
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
};

const degrees = (value: number | null) => (value === null ? "–" : `${Math.round(value)}°`);

const chart: Rich = (input) => {
  const spec = chartSpecSchema.safeParse(input);
  return spec.success ? <ChartView spec={spec.data} /> : null;
};

const programSchema = z.looseObject({ code: z.string() });
const runSchema = z.object({
  output: z.string(),
  value: z.string().nullable(),
  charts: z.array(chartSpecSchema),
  error: z.string().nullable(),
});

const program: Rich = (input, output) => {
  const [asked, given] = [programSchema.safeParse(input), runSchema.safeParse(output)];
  if (!asked.success || !given.success) return null;
  const run = given.data;
  return (
    <div className="flex flex-col gap-3">
      {Object.entries(run.charts).map(([place, spec]) => (
        <ChartView key={place} spec={spec} />
      ))}
      {run.output !== "" && <Listing label={words.fields.output} text={run.output} />}
      {run.value !== null && <Listing label={words.fields.result} text={run.value} />}
      {run.error !== null && <Listing label={words.fields.error} text={run.error} tone="text-danger" />}
      <Listing label={words.fields.code} text={asked.data.code} />
    </div>
  );
};

export function Listing({ label, text, tone = "" }: { label: string; text: string; tone?: string }) {
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-12 text-muted">{label}</h4>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className={`max-h-72 overflow-auto whitespace-pre-wrap break-words font-mono text-13 ${tone}`}
      >
        {text.trimEnd()}
      </pre>
    </div>
  );
}

const pageSchema = z.object({ url: z.string(), title: z.string(), text: z.string(), truncated: z.boolean() });

const page: Rich = (_input, output) => {
  const given = pageSchema.safeParse(output);
  if (!given.success) return null;
  const { url, title, text, truncated } = given.data;
  return (
    <div className="flex flex-col gap-2">
      <Source url={url} title={title} />
      <p className="max-h-60 overflow-auto whitespace-pre-line text-13 text-muted">{text.slice(0, 1_500)}</p>
      {truncated && <p className="text-12 text-muted">{words.truncated}</p>}
    </div>
  );
};

const searchSchema = z.object({
  results: z.array(z.object({ title: z.string(), url: z.string(), snippet: z.string() })),
});

const search: Rich = (_input, output) => {
  const given = searchSchema.safeParse(output);
  if (!given.success) return null;
  return (
    <ol className="flex flex-col gap-3">
      {given.data.results.map(({ title, url, snippet }) => (
        <li key={url}>
          <Source url={url} title={title} />
          <p className="line-clamp-2 text-13 text-muted">{snippet}</p>
        </li>
      ))}
    </ol>
  );
};

/** A page that a tool found. Only web addresses become links. */
function Source({ url, title }: { url: string; title: string }) {
  const parsed = URL.parse(url);
  const isWeb = parsed?.protocol === "https:" || parsed?.protocol === "http:";
  if (!isWeb) return <p className="break-words">{title || url}</p>;
  return (
    <p className="min-w-0">
      <a
        href={url}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="font-medium text-accent-strong underline-offset-2 hover:underline"
      >
        {title || url}
      </a>
      <span className="block truncate text-12 text-muted">{parsed.host}</span>
    </p>
  );
}

const richResults: Record<string, Rich> = {
  calculator: calculation,
  current_time: times,
  weather,
  chart,
  run_javascript: program,
  fetch_page: page,
  web_search: search,
};

/** What a tool gave, drawn for what it is; null where the generic view serves. */
export function richResult(toolName: string, input: unknown, output: unknown): ReactNode | null {
  return Object.hasOwn(richResults, toolName) ? (richResults[toolName]?.(input, output) ?? null) : null;
}

/** Whether a result is worth seeing without being asked for. */
export function showsItself(toolName: string, part: object): boolean {
  if (toolName === "chart") return true;
  const run = runSchema.safeParse("output" in part ? part.output : null);
  return (
    toolName === "run_javascript" && run.success && (run.data.charts.length > 0 || run.data.error !== null)
  );
}
