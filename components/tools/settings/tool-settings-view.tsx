"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useOptimistic, useState, useTransition } from "react";
import { asProblem } from "#components/chat/chat-api.ts";
import type { ToolChoice } from "#lib/chat/tools/approval.ts";
import type { ToolEntry, ToolSettings } from "#lib/chat/tools/settings.ts";
import { AddSource } from "./add-source.tsx";
import { SourceCard } from "./source-card.tsx";
import { ToolRow } from "./tool-row.tsx";
import { toolsApi } from "./tools-api.ts";

function chosen(entries: ToolEntry[], choice: ToolChoice): ToolEntry[] {
  return entries.map((entry) => (entry.tool === choice.tool ? { ...entry, ...choice } : entry));
}

function withChoice({ builtIn, sources }: ToolSettings, choice: ToolChoice): ToolSettings {
  return {
    builtIn: chosen(builtIn, choice),
    sources: sources.map((source) => ({ ...source, tools: chosen(source.tools, choice) })),
  };
}

/** All tools of the account; what is chosen shows at once and is kept on the server. */
export function ToolSettingsView({ settings }: { settings: ToolSettings }) {
  const t = useTranslations("tools.settings");
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [shown, showChoice] = useOptimistic(settings, withChoice);
  const [failure, setFailure] = useState<string | null>(null);

  async function act(work: Promise<void>): Promise<void> {
    setFailure(null);
    try {
      await work;
    } catch (error) {
      setFailure(asProblem(error).message);
    }
    router.refresh();
  }

  function choose({ tool, enabled, approval }: ToolChoice) {
    const choice = { tool, enabled, approval };
    startTransition(async () => {
      showChoice(choice);
      await act(toolsApi.choose(choice));
    });
  }

  return (
    <div className="flex flex-col gap-8">
      {failure !== null && (
        <p role="alert" className="rounded-card bg-danger-soft px-4 py-2.5 text-14">
          {t("failed")}. {failure}
        </p>
      )}
      <section aria-labelledby="built-in-tools">
        <h2 id="built-in-tools" className="mb-3 text-16">
          {t("builtIn")}
        </h2>
        <ul className="divide-y divide-border rounded-card border border-border">
          {shown.builtIn.map((entry) => (
            <ToolRow key={entry.tool} entry={entry} onChoose={choose} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="own-tools">
        <div className="mb-3 flex items-center justify-between gap-4">
          <h2 id="own-tools" className="text-16">
            {t("own")}
          </h2>
          <AddSource onAdded={() => router.refresh()} />
        </div>
        {shown.sources.length === 0 && <p className="text-14 text-muted">{t("ownEmpty")}</p>}
        <div className="flex flex-col gap-4">
          {shown.sources.map((source) => (
            <SourceCard key={source.id} source={source} onChoose={choose} act={act} />
          ))}
        </div>
      </section>
    </div>
  );
}
