"use client";

import { useTranslations } from "next-intl";
import { paths } from "#components/shell/paths.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { FailureText } from "#components/ui/failure-text.tsx";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("common");
  return (
    <div className="mx-auto flex min-h-[60dvh] max-w-120 flex-col items-start justify-center gap-6 px-6 py-12">
      <FailureText error={error} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={retry}>
          {t("tryAgain")}
        </Button>
        <ButtonLink href={paths.home}>{t("failure.home")}</ButtonLink>
      </div>
    </div>
  );
}
