"use client";

import { PanelLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useRail } from "./use-rail.ts";

export function RailToggle() {
  const t = useTranslations("shell");
  const { narrow, toggle } = useRail();
  return (
    <IconButton
      label={narrow ? t("widen") : t("narrow")}
      icon={<PanelLeft aria-hidden="true" />}
      side="right"
      aria-expanded={!narrow}
      onClick={toggle}
    />
  );
}
