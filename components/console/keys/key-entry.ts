import { textOf } from "#components/forms/form-state.ts";
import { readPercents } from "#components/settings/alerts/read-percents.ts";
import { formatMoneyExact } from "#components/ui/format-money.ts";
import type { KeyJson } from "./keys-api.ts";

const fields = [
  "name",
  "modelPatterns",
  "monthlyBudgetUsd",
  "budgetMode",
  "alertPercents",
  "requestsPerMinute",
  "expiresAt",
] as const;

/** A key's fields as typed. */
export type KeyEntry = Readonly<Record<(typeof fields)[number], string>>;

export const emptyEntry: KeyEntry = {
  name: "",
  modelPatterns: "",
  monthlyBudgetUsd: "",
  budgetMode: "hard",
  alertPercents: "50, 80, 100",
  requestsPerMinute: "",
  expiresAt: "",
};

export interface LimitedKey {
  name: string;
  modelPatterns: readonly string[];
  monthlyBudgetNanoUsd: bigint | null;
  budgetMode: "hard" | "warn";
  alertPercents: readonly number[];
  requestsPerMinute: number | null;
  expiresAt: Date | null;
}

/** What stands in the form of a key that is to be changed. The day of its end is the person's own. */
export function entryOf(key: LimitedKey): KeyEntry {
  const { name, modelPatterns, monthlyBudgetNanoUsd, requestsPerMinute, expiresAt } = key;
  return {
    name,
    modelPatterns: modelPatterns.join(", "),
    monthlyBudgetUsd:
      monthlyBudgetNanoUsd === null ? "" : formatMoneyExact(monthlyBudgetNanoUsd).replace(/[$,]/g, ""),
    budgetMode: key.budgetMode,
    alertPercents: key.alertPercents.join(", "),
    requestsPerMinute: requestsPerMinute?.toString() ?? "",
    expiresAt: expiresAt === null ? "" : expiresAt.toLocaleDateString("sv-SE"),
  };
}

export function readEntry(data: FormData): KeyEntry {
  return {
    name: textOf(data, "name"),
    modelPatterns: textOf(data, "modelPatterns"),
    monthlyBudgetUsd: textOf(data, "monthlyBudgetUsd"),
    budgetMode: textOf(data, "budgetMode"),
    alertPercents: textOf(data, "alertPercents"),
    requestsPerMinute: textOf(data, "requestsPerMinute").trim(),
    expiresAt: textOf(data, "expiresAt"),
  };
}

/** The fields that differ from `before`, as the routes take them. What cannot be read goes as typed, to be refused there. */
export function toKeyJson(entry: KeyEntry, before: KeyEntry = emptyEntry): KeyJson {
  const { name, modelPatterns, monthlyBudgetUsd, budgetMode, requestsPerMinute, expiresAt } = entry;
  const all: Record<(typeof fields)[number], unknown> = {
    name,
    modelPatterns: modelPatterns.split(/[\s,]+/).filter(Boolean),
    monthlyBudgetUsd,
    budgetMode,
    alertPercents: readPercents(entry.alertPercents),
    requestsPerMinute: /^\d{1,15}$/.test(requestsPerMinute)
      ? Number(requestsPerMinute)
      : requestsPerMinute || null,
    expiresAt: endOfDay(expiresAt),
  };
  return Object.fromEntries(
    fields.filter((field) => entry[field] !== before[field]).map((field) => [field, all[field]]),
  );
}

/** The last second of a day of the person's own zone. */
function endOfDay(day: string): string | null {
  if (day === "") return null;
  const end = new Date(`${day}T23:59:59`);
  return Number.isNaN(end.getTime()) ? day : end.toISOString();
}
