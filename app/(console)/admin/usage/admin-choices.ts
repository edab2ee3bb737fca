import { getTranslations } from "next-intl/server";
import type { FilterChoices } from "#app/(console)/usage/filter-choices.ts";
import { getEmails, getKeyNames } from "#lib/admin/store/accounts.ts";
import { getDb } from "#lib/db/client.ts";
import { listModels } from "#lib/models/catalog.ts";
import { settledStatuses } from "#lib/usage/settlement.ts";
import { listUsedTags } from "#lib/usage/store/usage-panels.ts";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";

/**
 * What the usage of all accounts can be filtered by, and what values are called. Accounts and keys are too many for a menu: they are
 * chosen in charts and tables, by the ids shown.
 */
export async function getAdminChoices(
  { filter, range }: UsageQuestion,
  shown: { accounts: readonly string[]; keys: readonly string[] },
): Promise<FilterChoices> {
  const db = getDb();
  const [t, accounts, keys, tags] = await Promise.all([
    getTranslations("usage"),
    getEmails(db, [...shown.accounts, ...(filter.account ?? [])]),
    getKeyNames(db, [...shown.keys, ...(filter.key ?? [])]),
    listUsedTags(db, { kind: "installation" }, range),
  ]);
  return {
    names: {
      keys: Object.fromEntries(
        Object.entries(keys).map(([id, { name, email }]) => [id, `${name} · ${email}`]),
      ),
      accounts,
      chat: t("value.chat"),
      api: t("value.api"),
      noTag: t("value.noTag"),
      statuses: Object.fromEntries(settledStatuses.map((status) => [status, t(`status.${status}`)])),
    },
    options: {
      key: [],
      tag: tags,
      model: listModels().map(({ id }) => id),
      source: ["api", "chat"],
      status: [...settledStatuses],
    },
  };
}
