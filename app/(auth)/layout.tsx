import type { ReactNode } from "react";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { PublicShell } from "#components/shell/public-shell.tsx";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <PublicShell signedIn={false}>
      <ClientMessages areas={["auth"]}>{children}</ClientMessages>
    </PublicShell>
  );
}
