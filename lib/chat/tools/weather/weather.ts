import { z } from "zod";
import { readText } from "../guarded-fetch.ts";
import { parseJson } from "../parse-json.ts";
import { defineTool, ToolFailure, type ToolRun } from "../tool.ts";

const geocodingUrl = "https://geocoding-api.open-meteo.com/v1/search";
const forecastUrl = "https://api.open-meteo.com/v1/forecast";
const maxBytes = 262_144;

const placesSchema = z.object({
  results: z
    .array(
      z.object({
        name: z.string(),
        country: z.string().optional(),
        latitude: z.number(),
        longitude: z.number(),
      }),
    )
    .optional(),
});

const numbers = z.array(z.number().nullable());
const forecastSchema = z.object({
  timezone: z.string(),
  current: z.object({
    time: z.string(),
    temperature_2m: z.number(),
    apparent_temperature: z.number(),
    relative_humidity_2m: z.number(),
    wind_speed_10m: z.number(),
    weather_code: z.number(),
  }),
  daily: z.object({
    time: z.array(z.string()),
    weather_code: numbers,
    temperature_2m_max: numbers,
    temperature_2m_min: numbers,
    precipitation_probability_max: numbers,
  }),
});

export const weather = defineTool({
  name: "weather",
  description: "Gives the current weather of a place and its forecast of up to seven days, in °C and km/h.",
  inputSchema: z.object({
    location: z.string().min(1).max(200).describe("A town or city, such as Tokyo."),
    days: z.number().int().min(1).max(7).default(3).describe("Days of forecast, today among them."),
  }),
  timeoutMs: 20_000,
  async run({ location, days }, run) {
    const { results } = await getJson(geocodingUrl, { name: location, count: "1" }, placesSchema, run);
    const place = results?.[0];
    if (!place) throw new ToolFailure(`No place named ${location} is known.`);
    const forecast = await getJson(
      forecastUrl,
      {
        latitude: String(place.latitude),
        longitude: String(place.longitude),
        current: "temperature_2m,apparent_temperature,relative_humidity_2m,wind_speed_10m,weather_code",
        daily: "weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max",
        timezone: "auto",
        forecast_days: String(days),
      },
      forecastSchema,
      run,
    );
    return report([place.name, place.country].filter(Boolean).join(", "), forecast);
  },
});

function report(place: string, { timezone, current, daily }: z.infer<typeof forecastSchema>) {
  return {
    place,
    timeZone: timezone,
    source: "Open-Meteo",
    current: {
      time: current.time,
      sky: skyOf(current.weather_code),
      temperatureC: current.temperature_2m,
      feelsLikeC: current.apparent_temperature,
      humidityPercent: current.relative_humidity_2m,
      windKmh: current.wind_speed_10m,
    },
    days: daily.time.map((date, at) => ({
      date,
      sky: skyOf(daily.weather_code[at] ?? null),
      highC: daily.temperature_2m_max[at] ?? null,
      lowC: daily.temperature_2m_min[at] ?? null,
      rainChancePercent: daily.precipitation_probability_max[at] ?? null,
    })),
  };
}

export const skies = [
  "clear",
  "cloudy",
  "fog",
  "drizzle",
  "rain",
  "snow",
  "thunderstorm",
  "unknown",
] as const;

/** The sky by its WMO code (table 4677, as Open-Meteo uses it). */
export function skyOf(code: number | null): (typeof skies)[number] {
  if (code === null || code < 0 || code > 99) return "unknown";
  if (code <= 1) return "clear";
  if (code <= 3) return "cloudy";
  if (code === 45 || code === 48) return "fog";
  if (code >= 51 && code <= 57) return "drizzle";
  if ((code >= 61 && code <= 67) || (code >= 80 && code <= 82)) return "rain";
  if ((code >= 71 && code <= 77) || code === 85 || code === 86) return "snow";
  return code >= 95 ? "thunderstorm" : "unknown";
}

async function getJson<T>(
  address: string,
  query: Record<string, string>,
  schema: z.ZodType<T>,
  { host, signal }: ToolRun,
): Promise<T> {
  const response = await host.fetch(`${address}?${new URLSearchParams(query)}`, { signal });
  const text = await readText(response, maxBytes);
  if (!response.ok) throw new ToolFailure(`Open-Meteo answered with status ${response.status}.`);
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new ToolFailure("Open-Meteo's answer is not understood.");
  return parsed.data;
}
