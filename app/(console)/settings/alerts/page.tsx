import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { SettingsSection } from "#components/data/settings-section.tsx";
import { AddWebhook } from "#components/settings/alerts/add-webhook.tsx";
import { DeliveryLog } from "#components/settings/alerts/delivery-log.tsx";
import { EmailAlerts } from "#components/settings/alerts/email-alerts.tsx";
import { ShareForm } from "#components/settings/alerts/share-form.tsx";
import { WebhookCard } from "#components/settings/alerts/webhook-card.tsx";
import { paths } from "#components/shell/paths.ts";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getAlertChoices } from "#lib/alerts/store/choices.ts";
import { listDeliveries } from "#lib/alerts/store/deliveries.ts";
import { listWebhooks } from "#lib/alerts/store/webhooks.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("tabs.alerts")} · ${t("title")}` };
}

export default async function AlertSettingsPage() {
  const account = await requireAccount();
  const db = getDb();
  const [t, choices, webhooks, deliveries] = await Promise.all([
    getTranslations("alerts"),
    getAlertChoices(db, account.id),
    listWebhooks(db, account.id),
    listDeliveries(db, account.id),
  ]);
  const link = (href: string) => (chunks: React.ReactNode) => (
    <Link href={href} className="underline underline-offset-2 hover:text-foreground">
      {chunks}
    </Link>
  );
  return (
    <ClientMessages areas={["alerts", "settings"]}>
      <p className="mb-6 text-pretty text-muted">{t.rich("lead", { keys: link(paths.keys) })}</p>
      <div className="divide-y divide-border">
        <SettingsSection title={t("shares.title")} text={t("shares.text")}>
          <ShareForm percents={choices.percents} />
        </SettingsSection>
        <SettingsSection title={t("email.title")} text={t("email.text")}>
          <EmailAlerts
            email={account.email}
            byEmail={choices.byEmail}
            canSend={getConfig().alerts.smtp !== null}
          />
        </SettingsSection>
        <SettingsSection
          title={t("webhooks.title")}
          text={t.rich("webhooks.text", { docs: link(paths.webhookDocs) })}
        >
          <div className="flex flex-col gap-4">
            {webhooks.map((webhook) => (
              <WebhookCard key={webhook.id} webhook={webhook} />
            ))}
            <AddWebhook />
          </div>
        </SettingsSection>
        <SettingsSection title={t("log.title")} text={t("log.text")}>
          <DeliveryLog deliveries={deliveries} />
        </SettingsSection>
      </div>
    </ClientMessages>
  );
}
