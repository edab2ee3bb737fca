"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { type ChangeEvent, useRef, useState } from "react";
import { useChatListStore } from "#components/chat/chat-list-context.tsx";
import { FormMessage } from "#components/forms/form-message.tsx";
import { Button } from "#components/ui/button.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import type { FileReport } from "#lib/chat/transfer/import-report.ts";
import { ImportReport } from "./import-report.tsx";
import { type ImportEnd, type ImportStep, uploadImport } from "./import-upload.ts";
import { SettingsSection } from "./settings-section.tsx";

/** Chooses files, imports them one after the other, and tells what became of each. */
export function ImportSection() {
  const t = useTranslations("settings.data.import");
  const router = useRouter();
  const chats = useChatListStore();
  const field = useRef<HTMLInputElement>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
  const [step, setStep] = useState<ImportStep | null>(null);
  const [reports, setReports] = useState<FileReport[]>([]);
  const [failure, setFailure] = useState<string | null>(null);

  function failureOf(end: ImportEnd): string | null {
    switch (end.kind) {
      case "report":
        return null;
      case "failed":
        return t("failed", { requestId: end.requestId });
      case "refused":
        return end.message || t("unreachable");
      default:
        return t(end.kind);
    }
  }

  async function run(event: ChangeEvent<HTMLInputElement>) {
    const files = [...(event.target.files ?? [])];
    event.target.value = "";
    if (files.length === 0) return;
    const stop = new AbortController();
    setRunning(stop);
    setReports([]);
    setFailure(null);
    for (const file of files) {
      setStep({ phase: "uploading", name: file.name, share: 0 });
      const end = await uploadImport(file, { onStep: setStep, signal: stop.signal });
      if (end.kind === "report") setReports((before) => [...before, ...end.files]);
      setFailure(failureOf(end));
      if (end.kind !== "report") break;
    }
    setRunning(null);
    setStep(null);
    router.refresh();
    await chats.refresh();
  }

  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <div className="flex flex-wrap items-center gap-3">
        <input
          ref={field}
          type="file"
          accept=".json,.zip,application/json,application/zip"
          multiple
          hidden
          data-testid="import-files"
          onChange={(event) => void run(event)}
        />
        <Button pending={running !== null} onClick={() => field.current?.click()}>
          {running === null && <Upload aria-hidden="true" className="size-4" />}
          {t("choose")}
        </Button>
        {running ? (
          <Button variant="quiet" onClick={() => running.abort()}>
            {t("cancel")}
          </Button>
        ) : (
          <span className="text-13 text-muted">{t("limit")}</span>
        )}
      </div>
      <p role="status" className="text-14 text-muted empty:hidden">
        {step && <StepLine step={step} />}
      </p>
      <FormMessage>{failure}</FormMessage>
      {reports.length > 0 && <ImportReport reports={reports} />}
    </SettingsSection>
  );
}

function StepLine({ step }: { step: ImportStep }) {
  const t = useTranslations("settings.data.import");
  const format = useFormatter();
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Spinner />
      <span className="figures min-w-0 break-words">
        {step.phase === "uploading"
          ? t("uploading", { name: step.name, percent: format.number(step.share, { style: "percent" }) })
          : t("reading", { name: step.name, count: step.done })}
      </span>
    </span>
  );
}
