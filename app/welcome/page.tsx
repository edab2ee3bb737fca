import type { Metadata } from "next";
import { getBaseUrl } from "#app/base-url.ts";
import { Welcome } from "#components/auth/welcome.tsx";
import { PublicShell } from "#components/shell/public-shell.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";

export const metadata: Metadata = { title: "Your key" };

export default async function WelcomePage() {
  const account = await requireAccount();
  return (
    <PublicShell signedIn>
      <Welcome
        accountId={account.id}
        baseUrl={await getBaseUrl()}
        model={defaultModelId}
        modelName={getModel(defaultModelId)?.name ?? defaultModelId}
      />
    </PublicShell>
  );
}
