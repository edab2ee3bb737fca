import type { Metadata } from "next";
import { getKimiGuide } from "#app/(public)/docs/get-guide.ts";
import { GuideView } from "#components/docs/guide-view.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { title, summary } = await getKimiGuide();
  return {
    title: `${title} guide`,
    description: summary,
    alternates: { types: { "text/markdown": "/docs.md" } },
  };
}

export default async function KimiGuidePage() {
  return <GuideView guide={await getKimiGuide()} markdownPath="/docs.md" />;
}
