import { type FilterChoices, getFixedChoices } from "#app/(console)/usage/filter-choices.ts";
import { getEmails, getKeyNames } from "#lib/admin/store/accounts.ts";
import { getDb } from "#lib/db/client.ts";
import { listModels } from "#lib/models/catalog.ts";
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
  const [fixed, accounts, keys, tags] = await Promise.all([
    getFixedChoices(),
    getEmails(db, [...shown.accounts, ...(filter.account ?? [])]),
    getKeyNames(db, [...shown.keys, ...(filter.key ?? [])]),
    listUsedTags(db, { kind: "installation" }, range),
  ]);
  return {
    names: {
      ...fixed.names,
      keys: Object.fromEntries(
        Object.entries(keys).map(([id, { name, email }]) => [id, `${name} · ${email}`]),
      ),
      accounts,
    },
    options: { ...fixed.options, key: [], tag: tags, model: listModels().map(({ id }) => id) },
  };
}
