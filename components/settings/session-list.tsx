"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SettingsSection } from "#components/data/settings-section.tsx";
import { FormMessage } from "#components/forms/form-message.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { endOtherSessions, endSession } from "./account-api.ts";
import { describeBrowser } from "./describe-browser.ts";

interface SessionListProps {
  sessions: readonly { id: string; userAgent: string; createdAt: string; lastSeenAt: string }[];
  /** The session of this browser. */
  currentId: string;
}

/** Every browser signed in to the account, each to be signed out. */
export function SessionList({ sessions, currentId }: SessionListProps) {
  const t = useTranslations("settings.account.sessions");
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);

  async function end(act: Promise<{ ok: true } | { ok: false; message: string }>) {
    const answer = await act;
    setMessage(answer.ok ? null : answer.message);
    if (answer.ok) toast({ title: t("ended") });
    router.refresh();
  }

  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <ul className="divide-y divide-border rounded-card border border-border">
        {sessions.map(({ id, userAgent, createdAt, lastSeenAt }) => (
          <li key={id} className="flex items-center gap-3 px-3.5 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2">
                <span className="min-w-0 truncate" title={userAgent}>
                  {nameOf(userAgent)}
                </span>
                {id === currentId && <Badge tone="accent">{t("this")}</Badge>}
              </p>
              <p className="text-13 text-muted">
                {t.rich("times", {
                  since: () => <TimeAgo at={createdAt} />,
                  seen: () => <TimeAgo at={lastSeenAt} />,
                })}
              </p>
            </div>
            {id !== currentId && (
              <Button
                size="small"
                onClick={() => end(endSession(id))}
                aria-label={t("endOf", { name: nameOf(userAgent) })}
              >
                {t("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FormMessage>{message}</FormMessage>
      {sessions.length > 1 && (
        <Button className="self-start" onClick={() => end(endOtherSessions())}>
          {t("endOthers")}
        </Button>
      )}
    </SettingsSection>
  );

  function nameOf(userAgent: string): string {
    const { browser, system } = describeBrowser(userAgent);
    if (browser !== null && system !== null) return t("browserOn", { browser, system });
    return browser ?? system ?? (userAgent || t("unknown"));
  }
}
