"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useChatListStore } from "#components/chat/chat-list-context.tsx";
import { callApi } from "#components/forms/call-api.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { SettingsSection } from "./settings-section.tsx";

/** Takes all chats away, once its name is typed. */
export function DeleteChats({ count }: { count: number }) {
  const t = useTranslations("settings.data.delete");
  const router = useRouter();
  const chats = useChatListStore();

  async function deleteAll() {
    const answer = await callApi("DELETE", "/api/chats", undefined, () => null);
    if (!answer.ok) throw new Error(answer.message);
    toast({ title: t("done", { count }) });
    router.refresh();
    await chats.refresh();
  }

  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <AlertDialog
        trigger={
          <Button className="self-start" disabled={count === 0}>
            {t("action")}
          </Button>
        }
        title={t("question", { count })}
        description={t("description")}
        confirmLabel={t("action")}
        typedName={t("word")}
        onConfirm={deleteAll}
      />
    </SettingsSection>
  );
}
