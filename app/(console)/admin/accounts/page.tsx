import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import type { SearchParams } from "#app/(console)/usage/question-of.ts";
import { AccountFilters } from "#components/admin/account-filters.tsx";
import { AccountTable } from "#components/admin/account-table.tsx";
import { Pager } from "#components/admin/pager.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { listAccounts } from "#lib/admin/store/accounts.ts";
import { getDb } from "#lib/db/client.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.accounts"))("title") };
}

const paramsSchema = z.object({
  search: z.string().trim().max(300).optional().catch(undefined),
  plan: z.enum(["trial", "paid"]).optional().catch(undefined),
  state: z.enum(["active", "disabled"]).optional().catch(undefined),
  after: z.string().max(300).optional().catch(undefined),
});

export default async function AccountsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireAdmin();
  const { after, ...filter } = paramsSchema.parse(await searchParams);
  const [t, { accounts, nextCursor }] = await Promise.all([
    getTranslations("admin.accounts"),
    listAccounts(getDb(), filter, { after, now: new Date() }),
  ]);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-16">{t("title")}</h1>
        <p className="mt-1 text-pretty text-muted">{t("lead")}</p>
      </div>
      <AccountFilters params={filter} />
      <AccountTable accounts={accounts} />
      <Pager path="/admin/accounts" params={filter} nextCursor={nextCursor} atStart={after === undefined} />
    </div>
  );
}
