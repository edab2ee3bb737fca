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
import type { useTranslations } from "next-intl";
import * as z from "zod/mini";

export interface CallLook {
  icon: LucideIcon;
  /** What the call does, in words. */
  title: string;
}

/** The texts of cards. */
export type CardTexts = ReturnType<typeof useTranslations<"tools.cards">>;

const text = z.string().check(z.minLength(1));

/** The text of a field of the arguments, which may still be incomplete. */
function fieldOf(input: unknown, name: string): string | null {
  const parsed = z.looseObject({ [name]: text }).safeParse(input);
  return parsed.success ? text.parse(parsed.data[name]) : null;
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}

type BuiltIn = "calculator" | "current_time" | "chart" | "fetch_page" | "web_search" | "weather";

/** What a call of a built-in tool is about; null while its arguments do not say. */
const subjects: Record<BuiltIn, (input: unknown) => string | null> = {
  calculator: (input) => fieldOf(input, "expression"),
  current_time: (input) => {
    const zones = z.looseObject({ time_zones: z.array(text).check(z.minLength(1)) }).safeParse(input);
    return zones.success ? zones.data.time_zones.map(placeOfZone).join(", ") : null;
  },
  chart: (input) => fieldOf(input, "title"),
  fetch_page: (input) => URL.parse(fieldOf(input, "url") ?? "")?.host || null,
  web_search: (input) => fieldOf(input, "query"),
  weather: (input) => fieldOf(input, "location"),
};

const icons: Record<BuiltIn | "run_javascript", LucideIcon> = {
  calculator: Calculator,
  current_time: Clock,
  run_javascript: SquareTerminal,
  chart: ChartColumn,
  fetch_page: FileText,
  web_search: Search,
  weather: CloudSun,
};

function isBuiltIn(toolName: string): toolName is BuiltIn {
  return Object.hasOwn(subjects, toolName);
}

/** "Asia/Ho_Chi_Minh" → "Ho Chi Minh". */
function placeOfZone(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** How a call is shown by what is known of it so far; `title` is the name a tool of a person's own goes by. */
export function lookOf(toolName: string, input: unknown, title: string | undefined, t: CardTexts): CallLook {
  if (toolName === "run_javascript") return { icon: icons[toolName], title: t("calls.run_javascriptIdle") };
  if (!isBuiltIn(toolName)) return { icon: Wrench, title: titleInWords(toolName, title) };
  const what = subjects[toolName](input);
  return {
    icon: icons[toolName],
    title: what === null ? t(`calls.${toolName}Idle`) : t(`calls.${toolName}`, { what: shortened(what) }),
  };
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
