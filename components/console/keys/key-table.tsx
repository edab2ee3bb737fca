import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
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
  replacesKeyId: string | null;
}

export interface KeyTableProps {
  keys: readonly ListedKey[];
  /** The month so far of those that have a budget. */
  budgets: ReadonlyMap<string, BudgetState>;
  now: Date;
  baseUrl: string;
  model: string;
}

/** Keys not revoked, each with its limits and what can be done with it. */
export function KeyTable({ keys, budgets, now, baseUrl, model }: KeyTableProps) {
  const t = useTranslations("keys");
  const listed = new Set(keys.map(({ id }) => id));
  return (
    <Table label={t("title")}>
      <TableHead>
        <Th>{t("table.name")}</Th>
        <Th className="max-sm:hidden">{t("table.key")}</Th>
        <Th className="max-sm:hidden">{t("table.created")}</Th>
        <Th>{t("table.lastUsed")}</Th>
        <Th>
          <span className="sr-only">{t("table.actions")}</span>
        </Th>
      </TableHead>
      <tbody>
        {keys.map((key) => (
          <Tr key={key.id}>
            <Td className="w-full min-w-32 max-w-0 font-medium">
              <KeyName name={key.name} start={key.start} />
              <KeyLimits
                modelPatterns={key.modelPatterns}
                requestsPerMinute={key.requestsPerMinute}
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
            <Td className="whitespace-nowrap text-muted">
              {key.lastUsedAt ? <TimeAgo at={key.lastUsedAt} /> : t("table.never")}
            </Td>
            <Td className="py-1 pr-2">
              <div className="flex items-center justify-end">
                <KeyMenu id={key.id} limited={limitedOf(key)} baseUrl={baseUrl} model={model} />
                <RevokeKey id={key.id} name={key.name} />
              </div>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function limitedOf(key: ListedKey): LimitedKey {
  const { name, modelPatterns, monthlyBudgetNanoUsd, requestsPerMinute, expiresAt } = key;
  return { name, modelPatterns, monthlyBudgetNanoUsd, requestsPerMinute, expiresAt };
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
