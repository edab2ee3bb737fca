import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { AuditEvent, AuditParty } from "#lib/admin/audit-event.ts";
import type { AuditValue } from "#lib/ops/audit-value.ts";

/** Acts with what each changed. */
export function AuditTable({ events }: { events: readonly AuditEvent[] }) {
  const t = useTranslations("admin.audit");
  if (events.length === 0) {
    return (
      <EmptyState icon={<ScrollText />} title={t("empty.title")}>
        {t("empty.text")}
      </EmptyState>
    );
  }
  return (
    <Table label={t("title")}>
      <TableHead>
        {(["when", "who", "what", "on", "change", "from"] as const).map((column) => (
          <Th key={column}>{t(`column.${column}`)}</Th>
        ))}
      </TableHead>
      <tbody>
        {events.map((event) => (
          <Tr key={event.id}>
            <Td>
              <TimeAgo at={event.createdAt} />
            </Td>
            <Td className="max-w-56">
              <Party party={event.actor} />
            </Td>
            <Td className="whitespace-nowrap font-mono text-12">{event.action}</Td>
            <Td className="max-w-56">
              {event.on && <Party party={event.on} />}
              {event.targetId && event.targetId !== (event.on ?? event.actor).id && (
                <span className="block truncate font-mono text-12 text-muted" title={event.targetId}>
                  {event.targetId}
                </span>
              )}
            </Td>
            <Td className="min-w-52">
              <Change before={event.before} after={event.after} />
            </Td>
            <Td className="font-mono text-12 text-muted">{event.address}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Party({ party }: { party: AuditParty }) {
  const t = useTranslations("admin.audit");
  if (party.email !== null) {
    return (
      <span className="block truncate" title={`${party.email} (${party.id})`} dir="auto">
        {party.email}
      </span>
    );
  }
  return (
    <span className="block truncate text-muted" title={party.id}>
      {t(party.id === "system" ? "system" : "gone")}
      <span className="block truncate font-mono text-12">{party.id}</span>
    </span>
  );
}

type Values = Readonly<Record<string, AuditValue>>;

function Change({ before, after }: { before: Values; after: Values }) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <dl className="text-12">
      {names.map((name) => (
        <div key={name} className="flex flex-wrap gap-x-1.5">
          <dt className="text-muted">{name}</dt>
          <dd className="figures break-all">
            {name in before && <del className="text-muted no-underline">{shown(before[name])} → </del>}
            {name in after && shown(after[name])}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function shown(value: AuditValue | undefined): string {
  return value === null || value === undefined ? "–" : String(value);
}
