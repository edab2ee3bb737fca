import type { Metadata } from "next";
import { ToolSettingsView } from "#components/tools/settings/tool-settings-view.tsx";
import { words } from "#components/tools/settings/words.ts";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { readToolSettings } from "#lib/chat/tools/settings.ts";

export const metadata: Metadata = { title: words.title };

export default async function ToolSettingsPage() {
  const account = await requireAccount();
  const { db, toolHost } = getChatEnvironment();
  const settings = await readToolSettings(db, toolHost, account.id);
  return (
    <div className="mx-auto w-full max-w-200 px-4 py-6 sm:px-8 sm:py-8">
      <h1 className="text-20">{words.title}</h1>
      <p className="mt-1 mb-6 text-pretty text-muted">{words.intro}</p>
      <ToolSettingsView settings={settings} />
    </div>
  );
}
