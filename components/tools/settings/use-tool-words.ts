import { useTranslations } from "next-intl";
import type { ToolEntry } from "#lib/chat/tools/settings.ts";

const builtIn = [
  "calculator",
  "current_time",
  "run_javascript",
  "chart",
  "fetch_page",
  "web_search",
  "weather",
] as const;

/** What a tool is called and what it says of itself. */
export function useToolWords({ tool, name, title, description }: ToolEntry): { name: string; says: string } {
  const t = useTranslations("tools.settings");
  const known = builtIn.find((one) => one === tool);
  if (known) return { name: t(`names.${known}`), says: t(`about.${known}`) };
  const shown = title ?? name;
  return { name: shown, says: description === shown ? name : description };
}
