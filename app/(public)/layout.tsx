import type { ReactNode } from "react";
import { PublicShell } from "#components/shell/public-shell.tsx";
import { getAccount } from "#lib/accounts/current-account.ts";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  return <PublicShell signedIn={(await getAccount()) !== null}>{children}</PublicShell>;
}
