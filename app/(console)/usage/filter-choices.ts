import { getTranslations } from "next-intl/server";
import type { OfferedFilter } from "#components/console/usage/filter-bar.tsx";
import type { ValueNames } from "#components/console/usage/value-names.ts";
import { getDb } from "#lib/db/client.ts";
import { listKeys } from "#lib/keys/store.ts";
import { settledStatuses } from "#lib/usage/settlement.ts";
import { listUsedValues } from "#lib/usage/store/usage-panels.ts";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";

/** What the account's usage can be filtered by, and what values are called. */
export interface FilterChoices {
  names: ValueNames;
  options: Record<OfferedFilter, string[]>;
}

/** What is the same for whoever asks: sources, endings, and what stands for no tag. */
export async function getFixedChoices() {
  const t = await getTranslations("usage");
  return {
    names: {
      chat: t("value.chat"),
      api: t("value.api"),
      noTag: t("value.noTag"),
      statuses: Object.fromEntries(settledStatuses.map((status) => [status, t(`status.${status}`)])),
    },
    options: { source: ["api", "chat"], status: [...settledStatuses] },
  };
}

export async function getFilterChoices(accountId: string, { range }: UsageQuestion): Promise<FilterChoices> {
  const db = getDb();
  const [fixed, keys, used] = await Promise.all([
    getFixedChoices(),
    listKeys(db, accountId),
    listUsedValues(db, { kind: "account", accountId }, range),
  ]);
  return {
    names: { ...fixed.names, keys: Object.fromEntries(keys.map(({ id, name }) => [id, name])) },
    options: { ...used, ...fixed.options },
  };
}
