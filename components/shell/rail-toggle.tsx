"use client";

import { PanelLeft } from "lucide-react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useRail } from "./use-rail.ts";

export function RailToggle() {
  const { narrow, toggle } = useRail();
  return (
    <IconButton
      label={narrow ? "Widen the side bar" : "Narrow the side bar"}
      icon={<PanelLeft aria-hidden="true" />}
      side="right"
      aria-expanded={!narrow}
      onClick={toggle}
    />
  );
}
