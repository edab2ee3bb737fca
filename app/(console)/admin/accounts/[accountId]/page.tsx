import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountActs } from "#components/admin/account-acts.tsx";
import { AccountFacts } from "#components/admin/account-facts.tsx";
import { AccountLimits } from "#components/admin/account-limits.tsx";
import { AccountStateBadge } from "#components/admin/account-state.tsx";
import { usageHref } from "#components/console/usage/usage-href.ts";
import { paths } from "#components/shell/paths.ts";
import { formatMoneyExact } from "#components/ui/format-money.ts";
import { isAdmin } from "#lib/accounts/admin.ts";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { getAccountDetail } from "#lib/admin/store/accounts.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";

interface AccountPageProps {
  params: Promise<{ accountId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.accounts"))("title") };
}

export default async function AccountPage({ params }: AccountPageProps) {
  await requireAdmin();
  const { accountId } = await params;
  const account = await getAccountDetail(getDb(), accountId, new Date());
  if (!account) notFound();
  const [t, admin] = await Promise.all([getTranslations("admin.accounts"), isAdmin(getDb(), account)]);
  const { limits } = getConfig();
  const { id, email, state, plan } = account;
  return (
    <article className="flex flex-col gap-8">
      <header className="flex flex-col gap-1">
        <Link
          href="/admin/accounts"
          prefetch={false}
          className="inline-flex items-center gap-1.5 self-start text-13 text-muted hover:text-foreground"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          {t("title")}
        </Link>
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <h1 className="min-w-0 break-words text-20" dir="auto">
            {email}
          </h1>
          <AccountStateBadge state={state} />
          {admin && <span className="text-13 text-muted">{t("isAdmin")}</span>}
        </div>
        <p className="break-all font-mono text-12 text-muted">{id}</p>
        <p className="flex gap-4 text-13">
          {[paths.allUsage, paths.allRequests].map((path) => (
            <Link key={path} href={usageHref(path, { account: id })} prefetch={false} className="link">
              {t(path === paths.allUsage ? "toUsage" : "toRequests")}
            </Link>
          ))}
        </p>
      </header>
      <AccountFacts account={account} />
      <AccountLimits
        id={id}
        entered={{
          plan,
          monthlyBudgetUsd:
            account.budgetNanoUsd === null
              ? ""
              : formatMoneyExact(account.budgetNanoUsd).replace(/[$,]/g, ""),
          requestsPerDay: account.requestsPerDay?.toString() ?? "",
          requestsPerMinute: account.requestsPerMinute?.toString() ?? "",
        }}
        ofPlan={{
          perDay: limits.trialRequestsPerDay,
          perMinute: plan === "trial" ? limits.trialRequestsPerMinute : limits.paidRequestsPerMinute,
        }}
      />
      <AccountActs id={id} email={email} state={state} admin={admin} sessions={account.sessions.length} />
    </article>
  );
}
