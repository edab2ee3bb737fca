"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useOptimistic, useState, useSyncExternalStore, useTransition } from "react";
import { callApi } from "#components/forms/call-api.ts";
import { FormMessage } from "#components/forms/form-message.tsx";
import { languages } from "#components/messages/languages.ts";
import { readTheme, type Theme, watchPreferences, writeTheme } from "#components/ui/preferences.ts";
import {
  defaultFollowUps,
  defaultSendKey,
  followUpChoices,
  type Locale,
  type Preferences,
  type PreferencesPatch,
  sendKeys,
} from "#lib/accounts/choices.ts";
import { ChoiceRow, SwitchRow } from "./setting-rows.tsx";

const beforeItIsKnown = (): Theme => "system";

/** How the pages look and answer; each change shows at once and is kept on the server. */
export function GeneralSettings({ preferences, locale }: { preferences: Preferences; locale: Locale }) {
  const t = useTranslations("settings.general");
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic({ ...preferences, locale }, (now, patch: Partial<Preferences>) => ({
    ...now,
    ...patch,
    locale: patch.locale ?? now.locale,
  }));
  const theme = useSyncExternalStore(watchPreferences, readTheme, beforeItIsKnown);
  const [failure, setFailure] = useState<string | null>(null);

  function choose(patch: Partial<Preferences> & PreferencesPatch) {
    startTransition(async () => {
      show(patch);
      const answer = await callApi("PATCH", "/api/account/preferences", patch, () => null);
      setFailure(answer.ok ? null : t("failed", { message: answer.message }));
      router.refresh();
    });
  }

  return (
    <div className="flex flex-col gap-4">
      <FormMessage>{failure}</FormMessage>
      <div className="divide-y divide-border rounded-card border border-border">
        <ChoiceRow
          label={t("language")}
          hint={t("languageHint")}
          value={shown.locale}
          choices={languages}
          onChoose={(chosen) => choose({ locale: chosen })}
        />
        <ChoiceRow
          label={t("theme")}
          hint={t("themeHint")}
          value={theme}
          choices={(["light", "dark", "system"] as const).map((value) => ({ value, label: t(value) }))}
          onChoose={writeTheme}
        />
        <SwitchRow
          label={t("expandThinking")}
          hint={t("expandThinkingHint")}
          checked={shown.expandThinking ?? false}
          onChange={(expandThinking) => choose({ expandThinking })}
        />
        <ChoiceRow
          label={t("sendKey.label")}
          hint={t("sendKey.hint")}
          value={shown.sendKey ?? defaultSendKey}
          choices={sendKeys.map((value) => ({ value, label: t(`sendKey.${value}`) }))}
          onChoose={(sendKey) => choose({ sendKey })}
        />
        <ChoiceRow
          label={t("followUps.label")}
          hint={t("followUps.hint")}
          value={shown.followUps ?? defaultFollowUps}
          choices={followUpChoices.map((value) => ({ value, label: t(`followUps.${value}`) }))}
          onChoose={(followUps) => choose({ followUps })}
        />
      </div>
    </div>
  );
}
