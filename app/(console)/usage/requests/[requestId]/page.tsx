import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { RequestHead } from "#components/console/requests/request-head.tsx";
import { paths } from "#components/shell/paths.ts";
import { RequestView } from "../request-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests"))("one") };
}

/** A request by its own address, as a link leads to it. */
export default async function RequestPage({ params }: { params: Promise<{ requestId: string }> }) {
  const { requestId } = await params;
  return (
    <ClientMessages areas={["requests"]}>
      <div className="mx-auto flex w-full max-w-160 flex-col gap-5 px-4 py-6 text-14 sm:px-8 sm:py-8">
        <RequestHead logPath={paths.requests} />
        <RequestView requestId={requestId} />
      </div>
    </ClientMessages>
  );
}
