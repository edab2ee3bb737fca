"use client";

import { ExternalLink } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ApiAnswer } from "#components/forms/call-api.ts";
import { FormMessage } from "#components/forms/form-message.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { SettingsSection } from "./settings-section.tsx";
import { type Share, shareApi, sharePath } from "./share-api.ts";

/** The account's public pages, each with what can be done with it. `origin` is where they are reached. */
export function ShareList({ shares, origin }: { shares: readonly Share[]; origin: string }) {
  const t = useTranslations("settings.data.shares");
  const router = useRouter();
  const [failure, setFailure] = useState<string | null>(null);

  async function act(work: Promise<ApiAnswer<unknown>>, done: string) {
    const answer = await work;
    setFailure(answer.ok ? null : t("failed", { message: answer.message }));
    if (answer.ok) toast({ title: done });
    router.refresh();
  }

  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <FormMessage>{failure}</FormMessage>
      {shares.length === 0 ? (
        <p className="text-14">{t("empty")}</p>
      ) : (
        <ul className="divide-y divide-border rounded-card border border-border">
          {shares.map((share) => (
            <ShareRow key={share.id} share={share} origin={origin} act={act} />
          ))}
        </ul>
      )}
    </SettingsSection>
  );
}

interface ShareRowProps {
  share: Share;
  origin: string;
  act: (work: Promise<ApiAnswer<unknown>>, done: string) => Promise<void>;
}

function ShareRow({ share, origin, act }: ShareRowProps) {
  const t = useTranslations("settings.data.shares");
  const format = useFormatter();
  const { title, chatId, choices, token } = share;
  const path = sharePath(token);
  const time = format.dateTime(new Date(share.takenAt), { dateStyle: "medium", timeStyle: "short" });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <span className="min-w-0 flex-1 basis-56">
        <a
          href={path}
          target="_blank"
          rel="noopener"
          aria-label={t("open", { title })}
          className="flex min-w-0 items-center gap-1.5 font-medium text-14 hover:underline"
        >
          <span dir="auto" className="truncate">
            {title}
          </span>
          <ExternalLink aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
        </a>
        <span className="figures block text-13 text-muted">{t("taken", { time })}</span>
      </span>
      <span className="flex flex-wrap items-center gap-1">
        <CopyButton value={`${origin}${path}`} what={t("copy")} iconOnly />
        <Button
          size="small"
          variant="quiet"
          aria-label={t("updateOf", { title })}
          onClick={() => void act(shareApi.take(chatId, choices), t("updated", { title }))}
        >
          {t("update")}
        </Button>
        <Button
          size="small"
          aria-label={t("revokeOf", { title })}
          onClick={() => void act(shareApi.revoke(share.id), t("revoked", { title }))}
        >
          {t("revoke")}
        </Button>
      </span>
    </li>
  );
}
