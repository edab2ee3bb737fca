import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { usageHref } from "#components/console/usage/usage-href.ts";
import { paths } from "#components/shell/paths.ts";
import { Money } from "#components/ui/money.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { BudgetState } from "#lib/usage/allowances.ts";
import type { LimitedKey } from "./key-entry.ts";
import { KeyLimits } from "./key-limits.tsx";
import { KeyMenu } from "./key-menu.tsx";
import { RevokeKey } from "./revoke-key.tsx";

export interface ListedKey extends LimitedKey {
  id: string;
  /** The first characters of the secret. */
  start: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  /** Since when it is switched off. */
  disabledAt: Date | null;
  replacesKeyId: string | null;
}

export interface KeyTableProps {
  keys: readonly ListedKey[];
  /** The month so far of those that have a budget. */
  budgets: ReadonlyMap<string, BudgetState>;
  /** Requests a minute each may make and has left. */
  rates: ReadonlyMap<string, { limit: number; remaining: number }>;
  /** What each was used for this UTC month; without an entry for nothing. */
  months: ReadonlyMap<string, KeyMonth>;
  now: Date;
  baseUrl: string;
  model: string;
}

export interface KeyMonth {
  requests: bigint;
  costNanoUsd: bigint;
}

/** Keys not revoked, each with its limits and what can be done with it. */
export function KeyTable({ keys, budgets, rates, months, now, baseUrl, model }: KeyTableProps) {
  const t = useTranslations("keys");
  const listed = new Set(keys.map(({ id }) => id));
  return (
    <Table label={t("title")}>
      <TableHead>
        <Th>{t("table.name")}</Th>
        <Th className="max-sm:hidden">{t("table.key")}</Th>
        <Th className="max-sm:hidden">{t("table.created")}</Th>
        <Th className="max-sm:hidden">{t("table.lastUsed")}</Th>
        <Th numeric>{t("table.month")}</Th>
        <Th>
          <span className="sr-only">{t("table.actions")}</span>
        </Th>
      </TableHead>
      <tbody>
        {keys.map((key) => (
          <Tr key={key.id}>
            <Td className="w-full min-w-32 max-w-0 font-medium">
              <KeyName name={key.name} start={key.start} />
              <span className="block font-normal text-13 text-muted sm:hidden">
                {key.lastUsedAt
                  ? t.rich("table.lastUsedAt", { time: () => <TimeAgo at={key.lastUsedAt ?? now} /> })
                  : t("table.neverUsed")}
              </span>
              <KeyLimits
                modelPatterns={key.modelPatterns}
                rate={key.disabledAt === null ? (rates.get(key.id) ?? null) : null}
                disabled={key.disabledAt !== null}
                budget={budgets.get(key.id) ?? null}
                expiresAt={key.expiresAt}
                expired={key.expiresAt !== null && key.expiresAt <= now}
                waiting={
                  key.replacesKeyId !== null && key.lastUsedAt === null && listed.has(key.replacesKeyId)
                }
              />
            </Td>
            <Td className="max-sm:hidden">
              <KeyStart start={key.start} />
            </Td>
            <Td className="whitespace-nowrap text-muted max-sm:hidden">
              <TimeAgo at={key.createdAt} />
            </Td>
            <Td className="whitespace-nowrap text-muted max-sm:hidden">
              {key.lastUsedAt ? <TimeAgo at={key.lastUsedAt} /> : t("table.never")}
            </Td>
            <Td numeric>
              <Month id={key.id} month={months.get(key.id) ?? null} />
            </Td>
            <Td className="py-1 pr-2">
              <div className="flex items-center justify-end">
                <KeyMenu
                  id={key.id}
                  disabled={key.disabledAt !== null}
                  limited={limitedOf(key)}
                  baseUrl={baseUrl}
                  model={model}
                />
                <span className="max-sm:hidden">
                  <RevokeKey id={key.id} name={key.name} />
                </span>
              </div>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function limitedOf(key: ListedKey): LimitedKey {
  const {
    name,
    modelPatterns,
    monthlyBudgetNanoUsd,
    budgetMode,
    alertPercents,
    requestsPerMinute,
    expiresAt,
  } = key;
  return {
    name,
    modelPatterns,
    monthlyBudgetNanoUsd,
    budgetMode,
    alertPercents,
    requestsPerMinute,
    expiresAt,
  };
}

/** Spend and requests of the month, leading to what they were. */
function Month({ id, month }: { id: string; month: KeyMonth | null }) {
  const t = useTranslations("keys.table");
  const { requests, costNanoUsd } = month ?? { requests: 0n, costNanoUsd: 0n };
  return (
    <Link
      href={usageHref(paths.usage, { range: "month", key: id })}
      prefetch={false}
      className="block rounded-control hover:underline"
    >
      <Money nanoUsd={costNanoUsd} />
      <span className="block text-12 text-muted">{t("requests", { count: Number(requests) })}</span>
    </Link>
  );
}

/** Keys that were revoked, folded away: they explain old requests and nothing can be done with them. */
export function RevokedKeys({ keys }: { keys: readonly ListedKey[] }) {
  const t = useTranslations("keys");
  return (
    <details className="group mt-6">
      <summary className="target inline-flex items-center gap-1 rounded-control px-1 text-13 text-muted hover:text-foreground">
        <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
        {t("table.revokedCount", { count: keys.length })}
      </summary>
      <div className="mt-2">
        <Table label={t("table.revokedKeys")}>
          <TableHead>
            <Th>{t("table.name")}</Th>
            <Th className="max-sm:hidden">{t("table.key")}</Th>
            <Th>{t("table.revoked")}</Th>
          </TableHead>
          <tbody>
            {keys.map((key) => (
              <Tr key={key.id}>
                <Td className="w-full min-w-32 max-w-0 text-muted">
                  <KeyName name={key.name} start={key.start} />
                </Td>
                <Td className="max-sm:hidden">
                  <KeyStart start={key.start} />
                </Td>
                <Td className="whitespace-nowrap text-muted">
                  {key.revokedAt && <TimeAgo at={key.revokedAt} />}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  );
}

/** The name; on phones the key's start stands under it, where there is no column for it. */
function KeyName({ name, start }: Pick<ListedKey, "name" | "start">) {
  return (
    <>
      <span dir="auto" title={name} className="block truncate">
        {name}
      </span>
      <span className="block font-normal sm:hidden">
        <KeyStart start={start} />
      </span>
    </>
  );
}

function KeyStart({ start }: { start: string }) {
  return (
    <code dir="ltr" className="whitespace-nowrap font-mono text-13 text-muted">
      {start}…
    </code>
  );
}
