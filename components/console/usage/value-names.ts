import type { UsageDimension } from "#lib/usage/usage-filter.ts";

/** What values of a dimension are called. */
export interface ValueNames {
  /** Names of keys by their ids. */
  keys: Readonly<Record<string, string>>;
  /** E-mails of accounts by their ids, where usage of several is shown. */
  accounts?: Readonly<Record<string, string>>;
  chat: string;
  api: string;
  noTag: string;
  statuses: Readonly<Record<string, string>>;
}

export function nameOfValue(names: ValueNames, dimension: UsageDimension, value: string): string {
  if (dimension === "key") return value === "chat" ? names.chat : (names.keys[value] ?? value);
  if (dimension === "account") return names.accounts?.[value] ?? value;
  if (dimension === "source") return value === "chat" ? names.chat : names.api;
  if (dimension === "tag") return value === "" ? names.noTag : value;
  if (dimension === "status") return names.statuses[value] ?? value;
  return dimension === "model" ? value.slice(value.indexOf("/") + 1) : value;
}
