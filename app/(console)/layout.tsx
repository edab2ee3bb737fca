import type { ReactNode } from "react";
import { signOutAction, signOutEverywhereAction } from "#app/(auth)/sign-out.ts";
import { AppShell } from "#components/shell/app-shell.tsx";
import { OfflineBanner } from "#components/shell/banner-slot.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getProviderName } from "#lib/ops/provider.ts";
import { getQuotaToday } from "#lib/usage/store/reports.ts";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const account = await requireAccount();
  const quota = await getQuotaToday(getDb(), account.id, getConfig().limits, new Date());
  const { email, name, plan } = account;
  return (
    <AppShell
      account={{ email, name, plan }}
      quota={quota}
      banner={getProviderName() === "offline" && <OfflineBanner />}
      signOutAction={signOutAction}
      signOutEverywhereAction={signOutEverywhereAction}
    >
      {children}
    </AppShell>
  );
}
