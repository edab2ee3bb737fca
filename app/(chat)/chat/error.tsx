"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ChatError({ error, reset }: Props) {
  const t = useTranslations("common");
  return (
    <div className="grid h-full place-items-center">
      <EmptyState
        title={t("failure.chat")}
        action={
          <Button onClick={reset}>
            <RotateCw aria-hidden="true" />
            {t("tryAgain")}
          </Button>
        }
      >
        {error.digest ? t("failure.chatLogged", { digest: error.digest }) : t("failure.chatText")}
      </EmptyState>
    </div>
  );
}
