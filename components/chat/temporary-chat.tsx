"use client";

import { Ghost } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { asProblem, chatApi } from "./chat-api.ts";
import { watchTemporaryRequests } from "./temporary-request.ts";

/** Chooses, before the first message, whether a chat is temporary, and says what that means. */
export function TemporarySwitch({ onChange }: { onChange: (temporary: boolean) => void }) {
  const t = useTranslations("sidebar.temporary");
  const [on, setOn] = useState(false);
  function choose(next: boolean) {
    setOn(next);
    onChange(next);
  }
  const answerRequest = useEffectEvent(() => choose(true));
  useEffect(() => watchTemporaryRequests(answerRequest), []);
  return (
    <div className="mx-auto -mt-3 mb-4 flex max-w-120 flex-col items-center gap-1.5 text-center">
      <button
        type="button"
        role="switch"
        aria-checked={on}
        onClick={() => choose(!on)}
        className="target inline-flex items-center gap-2 rounded-full border border-border px-3.5 text-13 text-muted transition-colors hover:text-foreground aria-checked:border-accent aria-checked:bg-accent-soft aria-checked:text-foreground"
      >
        <Ghost aria-hidden="true" className="size-4" />
        {t("name")}
      </button>
      <p aria-live="polite" className="text-13 text-muted empty:hidden">
        {on && t("on")}
      </p>
    </div>
  );
}

/** Stands above the thread of a temporary chat: what it is, and how to end it now. */
export function TemporaryNotice({ chatId }: { chatId: string }) {
  const t = useTranslations("sidebar.temporary");
  const router = useRouter();
  async function remove() {
    try {
      await chatApi.remove(chatId);
      toast({ title: t("deleted") });
      router.push("/chat");
    } catch (error) {
      toast({ title: t("failed"), description: asProblem(error).message, tone: "danger" });
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 border-border border-b bg-surface px-3 py-1 text-13 text-muted sm:px-4 print:hidden">
      <Ghost aria-hidden="true" className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">{t("notice")}</p>
      <Button variant="quiet" size="small" onClick={() => void remove()}>
        {t("delete")}
      </Button>
    </div>
  );
}
