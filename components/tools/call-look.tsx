import {
  Calculator,
  ChartColumn,
  Clock,
  CloudSun,
  FileText,
  type LucideIcon,
  Search,
  SquareTerminal,
  Wrench,
} from "lucide-react";
import { z } from "zod";
import { words } from "./words.ts";

export interface CallLook {
  icon: LucideIcon;
  /** What the call does, in words. */
  title: string;
}

const { calls } = words;
const text = z.string().min(1);

/** The text of a field of the arguments, which may still be incomplete. */
function fieldOf(input: unknown, name: string): string | null {
  const parsed = z.looseObject({ [name]: text }).safeParse(input);
  return parsed.success ? text.parse(parsed.data[name]) : null;
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}

const looks: Record<string, { icon: LucideIcon; title(input: unknown): string }> = {
  calculator: {
    icon: Calculator,
    title: (input) => withField(input, "expression", calls.calculator, calls.calculatorIdle),
  },
  current_time: {
    icon: Clock,
    title: (input) => {
      const zones = z.looseObject({ time_zones: z.array(text).min(1) }).safeParse(input);
      return zones.success
        ? calls.current_time(zones.data.time_zones.map(placeOfZone).join(", "))
        : calls.current_timeIdle;
    },
  },
  run_javascript: { icon: SquareTerminal, title: () => calls.run_javascript },
  chart: { icon: ChartColumn, title: (input) => withField(input, "title", calls.chart, calls.chartIdle) },
  fetch_page: {
    icon: FileText,
    title: (input) => {
      const host = URL.parse(fieldOf(input, "url") ?? "")?.host;
      return host ? calls.fetch_page(host) : calls.fetch_pageIdle;
    },
  },
  web_search: {
    icon: Search,
    title: (input) => withField(input, "query", calls.web_search, calls.web_searchIdle),
  },
  weather: {
    icon: CloudSun,
    title: (input) => withField(input, "location", calls.weather, calls.weatherIdle),
  },
};

function withField(input: unknown, name: string, say: (value: string) => string, idle: string): string {
  const value = fieldOf(input, name);
  return value === null ? idle : say(shortened(value));
}

/** "Asia/Ho_Chi_Minh" → "Ho Chi Minh". */
function placeOfZone(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** How a call is shown by what is known of it so far; `title` is the name a tool of a person's own goes by. */
export function lookOf(toolName: string, input: unknown, title: string | undefined): CallLook {
  const look = Object.hasOwn(looks, toolName) ? looks[toolName] : undefined;
  return look
    ? { icon: look.icon, title: look.title(input) }
    : { icon: Wrench, title: titleInWords(toolName, title) };
}

/** The title a tool was given, or its name in words where that is but a name. */
export function titleInWords(toolName: string, title: string | undefined): string {
  if (title === undefined) return inWords(toolName);
  return /\s/.test(title) ? title : inWords(title);
}

/** "get_weather" and "getWeather" → "Get weather". */
function inWords(name: string): string {
  const spaced = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
