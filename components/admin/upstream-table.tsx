import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { paths } from "#components/shell/paths.ts";
import { Status, type Tone } from "#components/ui/badge.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { LivingProcess } from "#lib/admin/living-process.ts";
import { listModels } from "#lib/models/catalog.ts";
import type { UpstreamStatus } from "#lib/ops/process-status.ts";

const tones = {
  closed: "positive",
  half_open: "warning",
  open: "danger",
} satisfies Record<UpstreamStatus["state"], Tone>;

/** The upstreams as one process knows them, in the order in which it tries them. */
export function UpstreamTable({ process }: { process: LivingProcess }) {
  const t = useTranslations("admin.upstreams");
  const format = useFormatter();
  const { status } = process;
  if (!status) return null;
  const name = t("process", { host: status.host, pid: status.pid });
  return (
    <div>
      <h2 className="mb-3 flex flex-wrap items-baseline gap-x-3 text-16">
        {name}
        <span className="text-13 text-muted">
          {t.rich("since", { at: () => <TimeAgo at={process.startedAt} /> })}
        </span>
      </h2>
      <Table label={name}>
        <TableHead>
          <Th>{t("column.upstream")}</Th>
          <Th>{t("column.models")}</Th>
          <Th>{t("column.state")}</Th>
          <Th numeric>{t("column.tries")}</Th>
          <Th numeric>{t("column.failures")}</Th>
          <Th numeric>{t("column.answer")}</Th>
          <Th>{t("column.lastFailure")}</Th>
        </TableHead>
        <tbody>
          {status.upstreams.map((upstream) => (
            <Tr key={upstream.name}>
              <Td>{upstream.name}</Td>
              <Td>
                <Models modelName={upstream.modelName} />
              </Td>
              <Td>
                <Status tone={tones[upstream.state]}>{t("state", { state: upstream.state })}</Status>
              </Td>
              <Td numeric>{format.number(upstream.tries)}</Td>
              <Td numeric className={upstream.failures > 0 ? "text-danger" : undefined}>
                {format.number(upstream.failures)}
              </Td>
              <Td numeric>
                {upstream.answerMs
                  ? t("quantiles", { p50: upstream.answerMs.p50, p95: upstream.answerMs.p95 })
                  : "–"}
              </Td>
              <Td>
                {upstream.lastFailure ? (
                  <>
                    <span className="font-mono text-12">
                      {[upstream.lastFailure.status, upstream.lastFailure.code].filter(Boolean).join(" ")}
                    </span>{" "}
                    <TimeAgo at={upstream.lastFailure.at} className="text-muted" />
                  </>
                ) : (
                  <span className="text-muted">{t("none")}</span>
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** Every upstream serves the models of the installation; only what it calls them differs. */
function Models({ modelName }: { modelName: string | null }) {
  const t = useTranslations("admin.upstreams");
  return listModels().map(({ id, name }) => (
    <span key={id} className="block">
      <Link href={`${paths.admin}/prices`} className="link whitespace-nowrap">
        {name}
      </Link>
      {modelName !== null && modelName !== id && (
        <span className="block text-12 text-muted [overflow-wrap:anywhere]">
          {t.rich("askedAs", { name: modelName, code: (text) => <code className="font-mono">{text}</code> })}
        </span>
      )}
    </span>
  ));
}
