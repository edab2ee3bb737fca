import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PaletteButton } from "#components/shortcuts/palette-button.tsx";
import { AccountMenu, type AccountMenuProps } from "./account-menu.tsx";
import { BannerSlot } from "./banner-slot.tsx";
import { Brand } from "./brand.tsx";
import { paths } from "./paths.ts";
import { PhoneBar } from "./phone-bar.tsx";
import { type Quota, QuotaMeter } from "./quota-meter.tsx";
import { NewChatLink, RailNav } from "./rail-nav.tsx";
import { RailToggle } from "./rail-toggle.tsx";
import { mainId, SkipLink } from "./skip-link.tsx";

export interface AppShellProps extends AccountMenuProps {
  /** Null where the plan has no daily quota. */
  quota: Quota | null;
  /** Whether the pages of the installation's admin are offered. */
  admin: boolean;
  banner?: ReactNode;
  /** Search and list of chats; stands between New chat and the console's pages. */
  sidebar?: ReactNode;
  /** The page: scrolls within the room it is given, or fills it with `h-full`. */
  children: ReactNode;
}

/** The frame of chat and console: rail at the left (a sheet on phones), banners above the page. */
export function AppShell({ quota, admin, banner, sidebar, children, ...accountMenu }: AppShellProps) {
  const t = useTranslations("shell");
  const body = <RailBody quota={quota} admin={admin} sidebar={sidebar} {...accountMenu} />;
  return (
    <div className="flex h-dvh overflow-hidden pr-[env(safe-area-inset-right)] pl-[env(safe-area-inset-left)] print:h-auto">
      <SkipLink />
      <aside
        data-part="rail"
        aria-label={t("sideBar")}
        className="hidden w-66 shrink-0 flex-col border-border border-r bg-surface md:flex print:hidden rail-narrow:w-15"
      >
        <div className="flex items-center justify-between px-3 pt-3 pb-2 pl-4.5 rail-narrow:flex-col rail-narrow:gap-1 rail-narrow:px-0">
          <Brand href={paths.chat} />
          <RailToggle />
        </div>
        {body}
      </aside>
      <div className="flex min-w-0 flex-1 flex-col pt-[env(safe-area-inset-top)]">
        <PhoneBar rail={body} />
        <BannerSlot>{banner}</BannerSlot>
        <main
          id={mainId}
          tabIndex={-1}
          className="relative min-h-0 flex-1 overflow-y-auto outline-none print:overflow-visible"
        >
          {children}
        </main>
      </div>
    </div>
  );
}

function RailBody({ quota, admin, sidebar, ...accountMenu }: Omit<AppShellProps, "banner" | "children">) {
  return (
    <>
      <div className="px-2.5">
        <NewChatLink />
        <PaletteButton />
      </div>
      <div className="mt-2 min-h-0 flex-1 overflow-y-auto px-2.5 pb-2">
        <div className="rail-narrow:hidden">{sidebar}</div>
      </div>
      <div className="flex shrink-0 flex-col gap-1.5 border-border border-t p-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))]">
        <RailNav admin={admin} />
        {quota && <QuotaMeter quota={quota} />}
        <AccountMenu {...accountMenu} />
      </div>
    </>
  );
}
