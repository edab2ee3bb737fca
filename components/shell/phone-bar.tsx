"use client";

import { Menu, SquarePen, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from "react";
import { PaletteIconButton } from "#components/shortcuts/palette-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Brand } from "./brand.tsx";
import { paths } from "./paths.ts";
import { PlaceLink } from "./place-link.tsx";
import { useRailSwipe } from "./use-rail-swipe.ts";

const Sheet = lazy(() => import("#components/ui/sheet.tsx").then((module) => ({ default: module.Sheet })));

/** The bar above the page where there is no room for the rail; its menu button opens the rail as a sheet. */
export function PhoneBar({ rail }: { rail: ReactNode }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  // The sheet belongs to the page it was opened on: going elsewhere closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const open = openOn === pathname;
  const change = useCallback((next: boolean) => setOpenOn(next ? pathname : null), [pathname]);
  useRailSwipe(open, change);
  return (
    <header className="flex shrink-0 items-center gap-1 border-border border-b px-2 py-1 md:hidden print:hidden">
      <IconButton
        ref={button}
        label={t("menu")}
        icon={<Menu aria-hidden="true" />}
        side="bottom"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => change(true)}
      />
      {open && (
        <Suspense fallback={null}>
          <Sheet side="left" title={t("menu")} titleHidden open onOpenChange={change} returnFocusTo={button}>
            <div className="flex h-full flex-col pt-[env(safe-area-inset-top)]">
              <div className="flex items-center justify-between py-1 pr-2 pl-4.5">
                <Brand href={paths.chat} />
                <IconButton
                  label={t("closeMenu")}
                  icon={<X aria-hidden="true" />}
                  side="bottom"
                  onClick={() => change(false)}
                />
              </div>
              {rail}
            </div>
          </Sheet>
        </Suspense>
      )}
      <Brand href={paths.chat} />
      <PaletteIconButton className="ml-auto" />
      <PlaceLink
        href={paths.chat}
        aria-label={t("newChat")}
        className="target-square grid place-items-center rounded-control text-muted hover:bg-raised hover:text-foreground"
      >
        <SquarePen aria-hidden="true" className="size-4.5" />
      </PlaceLink>
    </header>
  );
}
