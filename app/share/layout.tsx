import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "#components/shell/brand.tsx";
import { mainId } from "#components/shell/skip-link.tsx";
import { ThemeToggle } from "#components/ui/theme-toggle.tsx";

/** The frame of a shared page: no account, nothing but the way to what this is. */
export default async function ShareLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("data.page");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-border border-b bg-background pt-[env(safe-area-inset-top)] print:hidden">
        <div className="mx-auto flex h-14 w-full max-w-280 items-center gap-3 px-4 sm:px-6">
          <Brand />
          <Link href="/" prefetch={false} className="link ml-auto text-13 max-sm:hidden">
            {t("home")}
          </Link>
          <span className="max-sm:ml-auto">
            <ThemeToggle />
          </span>
        </div>
      </header>
      <main id={mainId} tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
        {children}
      </main>
    </div>
  );
}
