import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common.notFound");
  return { title: t("page") };
}

export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <main className="mx-auto flex min-h-dvh max-w-120 flex-col items-start justify-center gap-6 px-6 py-12">
      <div>
        <p className="figures text-14 text-muted">404</p>
        <h1 className="mt-1 text-28">{t("title")}</h1>
        <p className="mt-3 text-16 text-muted">{t("text")}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={paths.chat} variant="primary">
          {t("chat")}
        </ButtonLink>
        <ButtonLink href={paths.docs}>{t("docs")}</ButtonLink>
      </div>
    </main>
  );
}
