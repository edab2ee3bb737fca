"use client";

import { ChevronsUpDown, LogOut, MonitorX, Settings } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ComponentProps, lazy, Suspense, startTransition, useRef, useState } from "react";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "#components/ui/dropdown-menu.tsx";
import { ThemeChoice } from "#components/ui/theme-toggle.tsx";
import { paths } from "./paths.ts";

const AlertDialog = lazy(() =>
  import("#components/ui/alert-dialog.tsx").then((module) => ({ default: module.AlertDialog })),
);

export interface ShellAccount {
  email: string;
  name: string | null;
  /** The plan's id: "trial", "paid". */
  plan: string;
}

export interface AccountMenuProps {
  account: ShellAccount;
  signOutAction: () => Promise<void>;
  signOutEverywhereAction: () => Promise<void>;
}

export function AccountMenu({ account, signOutAction, signOutEverywhereAction }: AccountMenuProps) {
  const t = useTranslations("shell.account");
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const router = useRouter();

  return (
    <>
      <DropdownMenu side="top" align="start" trigger={<AccountButton ref={button} account={account} />}>
        <MenuLabel>{account.email}</MenuLabel>
        <MenuSeparator />
        <ThemeChoice />
        <MenuItem icon={<Settings aria-hidden="true" />} onSelect={() => router.push(paths.settings)}>
          {t("settings")}
        </MenuItem>
        <MenuSeparator />
        {/* In a transition, because the action answers with a redirect that the router carries out. */}
        <MenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => startTransition(signOutAction)}>
          {t("signOut")}
        </MenuItem>
        <MenuItem icon={<MonitorX aria-hidden="true" />} onSelect={() => setAsking(true)}>
          {t("signOutEverywhere")}
        </MenuItem>
      </DropdownMenu>
      {asking && (
        <Suspense fallback={null}>
          <AlertDialog
            open
            onOpenChange={setAsking}
            returnFocusTo={button}
            title={t("askTitle")}
            description={t("askText")}
            confirmLabel={t("signOutEverywhere")}
            onConfirm={() => startTransition(signOutEverywhereAction)}
          />
        </Suspense>
      )}
    </>
  );
}

function AccountButton({ account, ...rest }: ComponentProps<"button"> & { account: ShellAccount }) {
  const t = useTranslations("shell.account");
  const shown = account.name?.trim() || account.email;
  return (
    <button
      {...rest}
      type="button"
      aria-label={t("name", { email: account.email })}
      className="flex min-h-11 w-full items-center gap-2.5 rounded-control px-1.5 text-left transition-colors hover:bg-raised data-[state=open]:bg-raised rail-narrow:justify-center rail-narrow:px-0"
    >
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft font-medium text-13 text-accent uppercase"
      >
        {[...shown][0]}
      </span>
      <span className="min-w-0 flex-1 rail-narrow:hidden">
        <span className="block truncate text-13" dir="auto">
          {shown}
        </span>
        <span className="block text-12 text-muted leading-tight first-letter:uppercase">
          {t("plan", { plan: account.plan })}
        </span>
      </span>
      <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-faint rail-narrow:hidden" />
    </button>
  );
}
