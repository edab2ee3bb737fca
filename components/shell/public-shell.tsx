import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { ThemeToggle } from "#components/ui/theme-toggle.tsx";
import { Brand } from "./brand.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { paths } from "./paths.ts";
import { mainId, SkipLink } from "./skip-link.tsx";

const linkStyle =
  "target inline-flex items-center rounded-control px-2.5 text-14 text-muted transition-colors hover:bg-raised hover:text-foreground";

/** The frame of landing, docs and sign-in: a bar at the top, the page scrolls under it. */
export function PublicShell({ signedIn, children }: { signedIn: boolean; children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="sticky top-0 z-30 border-border border-b bg-background pt-[env(safe-area-inset-top)] print:hidden">
        <div className="mx-auto flex h-14 w-full max-w-280 items-center gap-1 px-4 sm:px-6">
          <Brand />
          <nav aria-label={t("site")} className="ml-auto flex items-center gap-0.5 sm:gap-1">
            <Link href={paths.docs} className={linkStyle}>
              {t("docs")}
            </Link>
            <Link href={paths.chat} className={linkStyle}>
              {t("chat")}
            </Link>
            <span className="max-[22.5rem]:hidden">
              <ThemeToggle />
            </span>
            {!signedIn && <LanguageSwitch />}
            {signedIn ? (
              <ButtonLink href={paths.keys} size="small">
                {t("keys")}
              </ButtonLink>
            ) : (
              <ButtonLink href={paths.signIn} size="small">
                {t("signIn")}
              </ButtonLink>
            )}
          </nav>
        </div>
      </header>
      <main id={mainId} tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
        {children}
      </main>
    </div>
  );
}
