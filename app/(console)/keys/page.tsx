import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getBaseUrl } from "#app/base-url.ts";
import { AccountBudget } from "#components/console/keys/account-budget.tsx";
import { CreateKey } from "#components/console/keys/create-key.tsx";
import { KeyTable, RevokedKeys } from "#components/console/keys/key-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { listKeys } from "#lib/keys/store.ts";
import { defaultModelId } from "#lib/models/catalog.ts";
import { getAccountBudget, listKeyBudgets } from "#lib/usage/store/allowances.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("title") };
}

export default async function KeysPage() {
  const account = await requireAccount();
  const db = getDb();
  const now = new Date();
  const [keys, budgets, accountBudget, baseUrl] = await Promise.all([
    listKeys(db, account.id),
    listKeyBudgets(db, account.id, now),
    getAccountBudget(db, account.id, now),
    getBaseUrl(),
  ]);
  const t = await getTranslations("keys");
  const inForce = keys.filter((key) => key.revokedAt === null);
  const revoked = keys.filter((key) => key.revokedAt !== null);
  return (
    <div className="mx-auto w-full max-w-240 px-4 py-6 sm:px-8 sm:py-8">
      <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-20">{t("title")}</h1>
          <p className="mt-1 text-pretty text-muted">
            {t.rich("lead", {
              url: `${baseUrl}/v1`,
              code: (chunks) => <code className="font-mono text-13">{chunks}</code>,
            })}
          </p>
        </div>
        <CreateKey baseUrl={baseUrl} model={defaultModelId} />
      </div>
      {inForce.length > 0 ? (
        <KeyTable keys={inForce} budgets={budgets} now={now} baseUrl={baseUrl} model={defaultModelId} />
      ) : (
        <EmptyState icon={<KeyRound />} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      )}
      {revoked.length > 0 && <RevokedKeys keys={revoked} />}
      <AccountBudget budget={accountBudget} />
    </div>
  );
}
