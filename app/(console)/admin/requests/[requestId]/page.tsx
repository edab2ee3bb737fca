import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RequestHead } from "#components/console/requests/request-head.tsx";
import { paths } from "#components/shell/paths.ts";
import { AnyRequestView } from "../any-request-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("requests"))("one") };
}

/** A request of whichever account by its own address. */
export default async function AnyRequestPage({ params }: { params: Promise<{ requestId: string }> }) {
  const { requestId } = await params;
  return (
    <div className="mx-auto flex w-full max-w-160 flex-col gap-5 text-14">
      <RequestHead logPath={paths.allRequests} level="page" />
      <AnyRequestView requestId={requestId} />
    </div>
  );
}
