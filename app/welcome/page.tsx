import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getBaseUrl } from "#app/base-url.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { Welcome } from "#components/auth/welcome.tsx";
import { PublicShell } from "#components/shell/public-shell.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.welcome");
  return { title: t("page") };
}

export default async function WelcomePage() {
  const account = await requireAccount();
  return (
    <PublicShell signedIn>
      <ClientMessages areas={["auth", "keys"]}>
        <Welcome
          accountId={account.id}
          baseUrl={await getBaseUrl()}
          model={defaultModelId}
          modelName={getModel(defaultModelId)?.name ?? defaultModelId}
        />
      </ClientMessages>
    </PublicShell>
  );
}
