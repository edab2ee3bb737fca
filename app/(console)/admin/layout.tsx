import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { AdminTabs } from "#components/admin/admin-tabs.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";

/** Next does not render a layout anew for each of its pages: every page asks for the admin by itself as well. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireAdmin();
  const t = await getTranslations("admin");
  return (
    <ClientMessages areas={["admin", "usage", "requests"]}>
      <div className="mx-auto flex w-full max-w-280 flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8">
        <div className="flex flex-col gap-4">
          <p className="font-semibold text-20">{t("title")}</p>
          <AdminTabs />
        </div>
        {children}
      </div>
    </ClientMessages>
  );
}
