import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { SignInOutcome } from "#components/tools/settings/sign-in-outcome.tsx";
import { ToolSettingsView } from "#components/tools/settings/tool-settings-view.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { readToolSettings } from "#lib/chat/tools/settings.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tools.settings");
  return { title: t("title") };
}

const querySchema = z.object({ signin: z.enum(["done", "failed", "refused", "over"]) });

interface ToolSettingsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ToolSettingsPage({ searchParams }: ToolSettingsPageProps) {
  const account = await requireAccount();
  const t = await getTranslations("tools.settings");
  const { db, toolHost } = getChatEnvironment();
  const settings = await readToolSettings(db, toolHost, account.id);
  const outcome = querySchema.safeParse(await searchParams).data?.signin;
  return (
    <>
      <p className="mb-6 text-pretty text-muted">{t("intro")}</p>
      {outcome && <SignInOutcome outcome={outcome} />}
      <ToolSettingsView settings={settings} />
    </>
  );
}
