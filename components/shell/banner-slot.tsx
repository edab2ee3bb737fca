import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { paths } from "./paths.ts";

/** The place above the page for banners; without one it takes no room. */
export function BannerSlot({ children }: { children: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-col divide-y divide-border empty:hidden print:hidden">{children}</div>
  );
}

/** No upstream is connected: what answers is the stand-in, and the reader must know it. */
export function OfflineBanner() {
  const t = useTranslations("shell.offline");
  return (
    <Banner tone="warning" action={{ label: t("connect"), href: paths.connect }}>
      {t("text")}
    </Banner>
  );
}
