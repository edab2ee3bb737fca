"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FileReport } from "#lib/chat/transfer/import-report.ts";

const outcomes = ["imported", "updated", "restored", "present", "skipped"] as const;

/** What became of each imported file. */
export function ImportReport({ reports }: { reports: readonly FileReport[] }) {
  const t = useTranslations("settings.data.import");
  return (
    <section aria-label={t("report")} className="rounded-card border border-border">
      <ul className="divide-y divide-border">
        {reports.map((report, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and none moves.
          <li key={place} className="px-4 py-3 text-14">
            <ReportRow report={report} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ReportRow({ report }: { report: FileReport }) {
  const t = useTranslations("settings.data.import");
  const counted = outcomes.filter((outcome) => report[outcome] > 0);
  const troubled = report.problem !== null || report.skipped > 0;
  return (
    <div className="flex items-start gap-2.5">
      {troubled ? (
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
      ) : (
        <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-positive" />
      )}
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium" dir="auto">
          {report.name}
          {report.format && (
            <span className="ml-2 font-normal text-13 text-muted">{t(`formats.${report.format}`)}</span>
          )}
        </p>
        <p className="figures text-muted">
          {counted.length === 0
            ? report.prompts === 0 && t("nothing")
            : counted.map((outcome) => t(outcome, { count: report[outcome] })).join(" · ")}
        </p>
        {report.prompts > 0 && (
          <p className="figures text-muted">{t("prompts", { count: report.prompts })}</p>
        )}
        {report.problem && <p className="mt-1">{t(`problems.${report.problem}`)}</p>}
        {report.filesKept > 0 && (
          <p className="figures text-muted">{t("files", { count: report.filesKept })}</p>
        )}
        {report.filesMissing > 0 && (
          <p className="figures text-muted">{t("filesMissing", { count: report.filesMissing })}</p>
        )}
        <SkippedChats report={report} />
      </div>
    </div>
  );
}

function SkippedChats({ report }: { report: FileReport }) {
  const t = useTranslations("settings.data.import");
  const { skippedChats, skipped } = report;
  if (skippedChats.length === 0) return null;
  return (
    <ul className="mt-1.5 max-h-60 overflow-y-auto text-13">
      {skippedChats.map(({ title, position, reason }) => (
        <li key={position} className="py-0.5">
          <span dir="auto">{title ?? t("position", { position })}</span>
          <span className="text-muted">: {t(`reasons.${reason}`)}</span>
        </li>
      ))}
      {skipped > skippedChats.length && (
        <li className="text-muted">{t("more", { count: skipped - skippedChats.length })}</li>
      )}
    </ul>
  );
}
