import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PromptsView } from "#components/prompts/prompts-view.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { listPrompts } from "#lib/chat/store/prompts.ts";
import { getDb } from "#lib/db/client.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("tabs.prompts")} · ${t("title")}` };
}

export default async function PromptSettingsPage() {
  const account = await requireAccount();
  const [prompts, t] = await Promise.all([listPrompts(getDb(), account.id), getTranslations("prompts")]);
  return (
    <>
      <p className="mb-6 text-pretty text-muted">
        {t("about")} {t("placeholders")}
      </p>
      <PromptsView prompts={prompts} />
    </>
  );
}
