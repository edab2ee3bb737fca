import { Users } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Money } from "#components/ui/money.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { ListedAccount } from "#lib/admin/account-views.ts";
import { AccountStateBadge } from "./account-state.tsx";

export function AccountTable({ accounts }: { accounts: readonly ListedAccount[] }) {
  const t = useTranslations("admin.accounts");
  if (accounts.length === 0) {
    return (
      <EmptyState icon={<Users />} title={t("empty.title")}>
        {t("empty.text")}
      </EmptyState>
    );
  }
  return (
    <Table label={t("title")}>
      <TableHead>
        <Th>{t("column.account")}</Th>
        <Th>{t("column.plan")}</Th>
        <Th>{t("column.state")}</Th>
        <Th numeric>{t("column.spent")}</Th>
        <Th numeric>{t("column.budget")}</Th>
        <Th>{t("column.joined")}</Th>
      </TableHead>
      <tbody>
        {accounts.map((account) => (
          <Tr key={account.id} className="relative focus-within:bg-surface">
            <Td className="max-w-72">
              <Link
                href={`/admin/accounts/${account.id}`}
                prefetch={false}
                className="block truncate after:absolute after:inset-0 hover:underline"
                dir="auto"
              >
                {account.email}
              </Link>
              {account.name !== null && (
                <span className="block truncate text-12 text-muted" dir="auto">
                  {account.name}
                </span>
              )}
            </Td>
            <Td className="whitespace-nowrap">{t("plan", { plan: account.plan })}</Td>
            <Td>
              <AccountStateBadge state={account.state} />
            </Td>
            <Td numeric>
              <Money nanoUsd={account.spentNanoUsd} fractionDigits={4} />
            </Td>
            <Td numeric>
              {account.budgetNanoUsd === null ? (
                <span className="text-muted">{t("noBudget")}</span>
              ) : (
                <Money nanoUsd={account.budgetNanoUsd} />
              )}
            </Td>
            <Td>
              <TimeAgo at={account.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
