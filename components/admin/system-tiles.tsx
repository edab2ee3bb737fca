import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { SystemFacts } from "#lib/admin/system-facts.ts";
import { useSize } from "./use-size.ts";

interface SystemTilesProps {
  facts: SystemFacts;
  version: string;
  embedded: boolean;
  fileStore: "local" | "s3";
  /** Of the request log: from when on it is kept, and how many days are to be. */
  log: { keptFrom: Date | null; days: number | null };
}

/** Where a new installation's blocks stand. */
const noBlocksMs = Date.parse("2001-01-01T00:00:00Z");

export function SystemTiles({ facts, version, embedded, fileStore, log }: SystemTilesProps) {
  const t = useTranslations("admin.system.tile");
  const format = useFormatter();
  const size = useSize();
  const { generations, blocksUntil } = facts;
  const tiles: { name: string; value: ReactNode; note: ReactNode }[] = [
    {
      name: t("version"),
      value: version,
      note: t("migrations", { count: facts.migrations.length }),
    },
    {
      name: t("database"),
      value: size(facts.database.sizeBytes),
      note: `${facts.database.version} · ${t(embedded ? "embedded" : "external")}`,
    },
    {
      name: t("generations"),
      value: format.number(generations.running),
      note: generations.oldestAt
        ? t.rich("oldest", { at: () => <TimeAgo at={generations.oldestAt ?? 0} /> })
        : t("idle"),
    },
    { name: t("requests"), value: format.number(facts.reservedRequests), note: t("requestsNote") },
    {
      name: t("files"),
      value: size(facts.files.sizeBytes),
      note: t("filesNote", { count: facts.files.count, store: fileStore }),
    },
    { name: t("accounts"), value: format.number(facts.accounts), note: t("accountsNote") },
    {
      name: t("log"),
      value: log.days === null ? t("logAll") : t("logDays", { days: log.days }),
      note: log.keptFrom
        ? t("logFrom", {
            day: format.dateTime(log.keptFrom, { dateStyle: "medium", timeZone: "UTC" }),
          })
        : t("logWhole"),
    },
    {
      name: t("blocks"),
      value: blocksUntil && blocksUntil.getTime() > noBlocksMs ? <TimeAgo at={blocksUntil} /> : "–",
      note: t("blocksNote"),
    },
  ];
  return (
    <dl className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {tiles.map(({ name, value, note }) => (
        <div key={name} className="min-w-0 rounded-card border border-border px-3.5 py-3">
          <dt className="text-12 text-muted">{name}</dt>
          <dd className="mt-1">
            <span className="figures block text-20">{value}</span>
            <span className="mt-0.5 block break-words text-12 text-muted">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
