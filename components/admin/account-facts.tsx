import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "#components/ui/money.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { AccountDetail } from "#lib/admin/account-views.ts";
import { useSize } from "./use-size.ts";

/** What an account has and did. */
export function AccountFacts({ account }: { account: AccountDetail }) {
  const t = useTranslations("admin.accounts");
  const format = useFormatter();
  const size = useSize();
  const facts: [string, ReactNode][] = [
    [t("fact.spent"), <Money key="spent" nanoUsd={account.spentNanoUsd} />],
    [t("fact.today"), format.number(account.usedToday)],
    [
      t("fact.last"),
      account.lastRequestAt ? <TimeAgo key="last" at={account.lastRequestAt} /> : t("fact.never"),
    ],
    [t("fact.chats"), format.number(account.chats)],
    [t("fact.files"), t("fact.filesOf", { count: account.files.count, size: size(account.files.sizeBytes) })],
    [t("column.joined"), <TimeAgo key="joined" at={account.createdAt} />],
  ];
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        {facts.map(([name, value]) => (
          <div key={name} className="rounded-card border border-border px-3.5 py-3">
            <dt className="text-12 text-muted">{name}</dt>
            <dd className="figures mt-1 text-16">{value}</dd>
          </div>
        ))}
      </dl>
      <AccountKeys keys={account.keys} />
      <AccountSessions sessions={account.sessions} />
    </>
  );
}

function AccountKeys({ keys }: Pick<AccountDetail, "keys">) {
  const t = useTranslations("admin.accounts");
  return (
    <div>
      <h2 className="mb-3 text-16">{t("keys.title")}</h2>
      {keys.length === 0 ? (
        <p className="text-muted">{t("keys.none")}</p>
      ) : (
        <Table label={t("keys.title")}>
          <TableHead>
            <Th>{t("keys.name")}</Th>
            <Th>{t("keys.start")}</Th>
            <Th>{t("keys.used")}</Th>
            <Th>{t("column.state")}</Th>
          </TableHead>
          <tbody>
            {keys.map((key) => (
              <Tr key={key.id}>
                <Td className="max-w-64 truncate">{key.name}</Td>
                <Td className="font-mono text-12">{key.start}…</Td>
                <Td>{key.lastUsedAt ? <TimeAgo at={key.lastUsedAt} /> : t("fact.never")}</Td>
                <Td>{t(key.revokedAt ? "keys.revoked" : "keys.live")}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}

function AccountSessions({ sessions }: Pick<AccountDetail, "sessions">) {
  const t = useTranslations("admin.accounts");
  return (
    <div>
      <h2 className="mb-3 text-16">{t("sessions.title")}</h2>
      {sessions.length === 0 ? (
        <p className="text-muted">{t("sessions.none")}</p>
      ) : (
        <Table label={t("sessions.title")}>
          <TableHead>
            <Th>{t("sessions.browser")}</Th>
            <Th>{t("sessions.since")}</Th>
            <Th>{t("sessions.seen")}</Th>
          </TableHead>
          <tbody>
            {sessions.map((session) => (
              <Tr key={session.id}>
                <Td className="max-w-96 truncate" title={session.userAgent}>
                  {session.userAgent || t("sessions.unknown")}
                </Td>
                <Td>
                  <TimeAgo at={session.createdAt} />
                </Td>
                <Td>
                  <TimeAgo at={session.lastSeenAt} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}
