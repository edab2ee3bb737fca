import { useLocale } from "next-intl";
import { type UsageFormat, usageFormat } from "./format-usage.ts";

/** The figures of the console in the reader's language. */
export function useUsageFormat(): UsageFormat {
  return usageFormat(useLocale());
}
