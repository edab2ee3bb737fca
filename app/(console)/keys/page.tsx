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
import { getConfig } from "#lib/ops/config.ts";
import { getAccountBudget, listKeyBudgets, listKeyRates } from "#lib/usage/store/allowances.ts";
import { getQuotaToday } from "#lib/usage/store/reports.ts";
import { getBreakdown } from "#lib/usage/store/usage-panels.ts";
import { readUsageQuestion } from "#lib/usage/usage-question.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("title") };
}

export default async function KeysPage() {
  const account = await requireAccount();
  const db = getDb();
  const now = new Date();
  const question = readUsageQuestion({ range: "month", by: "key" }, { now, timeZone: "UTC" });
  const scope = { kind: "account", accountId: account.id } as const;
  const [keys, budgets, rates, breakdown, quota, accountBudget, baseUrl] = await Promise.all([
    listKeys(db, account.id),
    listKeyBudgets(db, account.id, now),
    listKeyRates(db, account.id, { limits: getConfig().limits, now }),
    getBreakdown(db, scope, question),
    getQuotaToday(db, account.id, getConfig().limits, now),
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
        <KeyTable
          keys={inForce}
          budgets={budgets}
          rates={rates}
          months={new Map(breakdown.map(({ value, figures }) => [value, figures]))}
          now={now}
          baseUrl={baseUrl}
          model={defaultModelId}
        />
      ) : (
        <EmptyState icon={<KeyRound />} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      )}
      {quota && (
        <p className="figures mt-3 text-13 text-muted">
          {t("quota", { left: quota.remaining, limit: quota.limit })}
        </p>
      )}
      {revoked.length > 0 && <RevokedKeys keys={revoked} />}
      <AccountBudget budget={accountBudget} />
    </div>
  );
}
