import { Download } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getBaseUrl } from "#app/base-url.ts";
import { BodySettings } from "#components/data/body-settings.tsx";
import { DeleteChats } from "#components/data/delete-chats.tsx";
import { ImportSection } from "#components/data/import-section.tsx";
import { SettingsSection } from "#components/data/settings-section.tsx";
import { ShareList } from "#components/data/share-list.tsx";
import { buttonStyle } from "#components/ui/button-style.ts";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { countChats } from "#lib/chat/store/exports.ts";
import { listShares } from "#lib/chat/store/shares.ts";
import { getDb } from "#lib/db/client.ts";
import { bodyDays } from "#lib/usage/kept-body.ts";
import { countBodies, getBodyDays } from "#lib/usage/store/request-bodies.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("tabs.data")} · ${t("title")}` };
}

export default async function DataSettingsPage() {
  const account = await requireAccount();
  const [count, shares, days, bodies, t, origin] = await Promise.all([
    countChats(getDb(), account.id),
    listShares(getDb(), account.id),
    getBodyDays(getDb(), account.id),
    countBodies(getDb(), account.id),
    getTranslations("settings.data.export"),
    getBaseUrl(),
  ]);
  return (
    <div className="divide-y divide-border">
      <SettingsSection title={t("title")} text={t("text")}>
        <p className="flex flex-wrap items-center gap-3">
          <a href="/api/account/export" download className={buttonStyle()}>
            <Download aria-hidden="true" />
            {t("action")}
          </a>
          <span className="figures text-13 text-muted">{t("chats", { count })}</span>
        </p>
      </SettingsSection>
      <ImportSection />
      <ShareList
        shares={shares.map((share) => ({ ...share, takenAt: share.takenAt.toISOString() }))}
        origin={origin}
      />
      <BodySettings days={days} choices={bodyDays} count={bodies} />
      <DeleteChats count={count} />
    </div>
  );
}
