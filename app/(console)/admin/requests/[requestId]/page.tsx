import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { AnyRequestView } from "../any-request-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests"))("one") };
}

/** A request of whichever account by its own address. */
export default async function AnyRequestPage({ params }: { params: Promise<{ requestId: string }> }) {
  const { requestId } = await params;
  const t = await getTranslations("requests");
  return (
    <div className="mx-auto flex w-full max-w-160 flex-col gap-5 text-14">
      <div className="flex items-center justify-between gap-4">
        <h1 className="text-16">{t("one")}</h1>
        <ButtonLink href={paths.allRequests} size="small" variant="quiet">
          <ArrowLeft aria-hidden="true" />
          {t("back")}
        </ButtonLink>
      </div>
      <AnyRequestView requestId={requestId} />
    </div>
  );
}
