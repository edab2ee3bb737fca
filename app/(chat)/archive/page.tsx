import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ArchiveView } from "#components/chat/sidebar/archive-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sidebar.archive");
  return { title: t("name") };
}

export default function ArchivePage() {
  return <ArchiveView />;
}
