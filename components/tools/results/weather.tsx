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
import { useFormatter, useTranslations } from "next-intl";
import * as z from "zod/mini";

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
      highC: z.nullable(z.number()),
      lowC: z.nullable(z.number()),
      rainChancePercent: z.nullable(z.number()),
    }),
  ),
});

const degrees = (value: number | null) => (value === null ? "–" : `${Math.round(value)}°`);

/** The weather of a place now and on the days to come. Null when it is not of that shape. */
export function weather(_input: unknown, output: unknown) {
  const given = weatherSchema.safeParse(output);
  return given.success ? <Weather {...given.data} /> : null;
}

function Weather({ place, source, current, days }: z.infer<typeof weatherSchema>) {
  const t = useTranslations("tools.cards.weather");
  const format = useFormatter();
  const Icon = skyIcons[current.sky] ?? Cloud;
  const facts = [
    [t("feelsLike"), `${Math.round(current.feelsLikeC)} °C`],
    [t("humidity"), `${current.humidityPercent}%`],
    [t("wind"), `${Math.round(current.windKmh)} km/h`],
  ];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Icon aria-hidden="true" className="size-8 text-muted" />
        <p className="figures font-medium text-28">{Math.round(current.temperatureC)} °C</p>
        <div>
          <p className="font-medium">{place}</p>
          <p className="text-13 text-muted">
            {t(`skies.${current.sky}`)} · {source}
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
                {format.dateTime(new Date(`${day.date}T12:00Z`), { weekday: "short", timeZone: "UTC" })}
              </time>
              <DayIcon aria-label={t(`skies.${day.sky}`)} className="size-5" />
              <span className="figures">
                {degrees(day.highC)} <span className="text-muted">{degrees(day.lowC)}</span>
              </span>
              {day.rainChancePercent !== null && (
                <span className="figures text-12 text-muted" title={t("rain")}>
                  {day.rainChancePercent}%
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
