"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { overlayStore } from "./overlay-store.ts";
import { keysOf } from "./shortcuts.ts";
import { useMac } from "./use-mac.ts";

const open = () => overlayStore.show("palette");

/** Opens the palette from the rail. */
export function PaletteButton() {
  const t = useTranslations("shell.palette");
  const mac = useMac();
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={t("open")}
      title={t("open")}
      onClick={open}
      className="target flex w-full items-center gap-3 rounded-control px-2.5 text-14 text-muted transition-colors hover:bg-raised hover:text-foreground rail-narrow:justify-center rail-narrow:px-0"
    >
      <Search aria-hidden="true" className="size-4.5 shrink-0" />
      <span className="min-w-0 flex-1 truncate text-left rail-narrow:sr-only">{t("open")}</span>
      <span aria-hidden="true" className="rail-narrow:hidden touch:hidden">
        <Kbd keys={keysOf("palette", mac)} />
      </span>
    </button>
  );
}

/** The same as a picture, for the bar of phones. */
export function PaletteIconButton({ className }: { className?: string }) {
  const t = useTranslations("shell.palette");
  return (
    <IconButton
      label={t("open")}
      icon={<Search aria-hidden="true" />}
      side="bottom"
      aria-haspopup="dialog"
      onClick={open}
      className={className}
    />
  );
}
