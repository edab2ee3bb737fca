"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useOptimistic, useState, useTransition } from "react";
import { callApi } from "#components/forms/call-api.ts";
import { FormMessage } from "#components/forms/form-message.tsx";
import { ChoiceRow } from "#components/settings/setting-rows.tsx";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { SettingsSection } from "./settings-section.tsx";

export interface BodySettingsProps {
  days: number | null;
  /** What may be chosen. */
  choices: readonly number[];
  /** Of how many requests bodies are kept now. */
  count: number;
}

/** Whether and for how long bodies of API requests are kept, and their deletion. */
export function BodySettings({ days, choices, count }: BodySettingsProps) {
  const t = useTranslations("settings.data.bodies");
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic(days);
  const [failure, setFailure] = useState<string | null>(null);

  function choose(chosen: number | null) {
    startTransition(async () => {
      show(chosen);
      const answer = await callApi("PATCH", "/api/usage/bodies", { days: chosen }, () => null);
      setFailure(answer.ok ? null : t("failed", { message: answer.message }));
      router.refresh();
    });
  }

  async function deleteAll() {
    const answer = await callApi("DELETE", "/api/usage/bodies", undefined, () => null);
    if (!answer.ok) throw new Error(answer.message);
    toast({ title: t("deleted", { count }) });
    router.refresh();
  }

  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <FormMessage>{failure}</FormMessage>
      <div className="rounded-card border border-border">
        <ChoiceRow
          label={t("label")}
          hint={t("hint")}
          value={shown === null ? "off" : String(shown)}
          choices={[
            { value: "off", label: t("off") },
            ...choices.map((each) => ({ value: String(each), label: t("days", { count: each }) })),
          ]}
          onChoose={(value) => choose(value === "off" ? null : Number(value))}
        />
      </div>
      <p className="flex flex-wrap items-center gap-3">
        <AlertDialog
          trigger={<Button disabled={count === 0}>{t("action")}</Button>}
          title={t("question", { count })}
          description={t("description")}
          confirmLabel={t("action")}
          onConfirm={deleteAll}
        />
        <span className="figures text-13 text-muted">{t("count", { count })}</span>
      </p>
    </SettingsSection>
  );
}
