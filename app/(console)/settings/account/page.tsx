import { Download } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SettingsSection } from "#components/data/settings-section.tsx";
import { DeleteAccount } from "#components/settings/delete-account.tsx";
import { PasswordForm } from "#components/settings/password-form.tsx";
import { ProfileForm } from "#components/settings/profile-form.tsx";
import { SessionList } from "#components/settings/session-list.tsx";
import { paths } from "#components/shell/paths.ts";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { isAdmin } from "#lib/accounts/admin.ts";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { listSessions } from "#lib/accounts/store/profile.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getQuotaToday } from "#lib/usage/store/reports.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: `${t("tabs.account")} · ${t("title")}` };
}

export default async function AccountSettingsPage() {
  const account = await requireAccount();
  const now = new Date();
  const [sessions, quota, admin, t] = await Promise.all([
    listSessions(getDb(), account.id, now),
    getQuotaToday(getDb(), account.id, getConfig().limits, now),
    isAdmin(getDb(), account),
    getTranslations("settings.account"),
  ]);
  return (
    <div className="divide-y divide-border">
      <ProfileForm key={account.email} name={account.name} email={account.email} />
      <SettingsSection title={t("plan.title")} text={t("plan.text")}>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Badge tone="accent">{t("plan.name", { plan: account.plan })}</Badge>
          <span className="figures">
            {quota ? t("plan.quota", { left: quota.remaining, limit: quota.limit }) : t("plan.unlimited")}
          </span>
        </p>
        <p className="flex flex-wrap gap-2">
          <ButtonLink size="small" href={paths.usage}>
            {t("plan.usage")}
          </ButtonLink>
          <ButtonLink size="small" href={paths.keys}>
            {t("plan.keys")}
          </ButtonLink>
        </p>
      </SettingsSection>
      <PasswordForm />
      <SessionList
        sessions={sessions.map(({ createdAt, lastSeenAt, ...session }) => ({
          ...session,
          createdAt: createdAt.toISOString(),
          lastSeenAt: lastSeenAt.toISOString(),
        }))}
        currentId={account.sessionId}
      />
      <SettingsSection title={t("export.title")} text={t("export.text")}>
        <ButtonLink href="/settings/data" className="self-start">
          <Download aria-hidden="true" />
          {t("export.action")}
        </ButtonLink>
      </SettingsSection>
      <DeleteAccount email={account.email} admin={admin} />
    </div>
  );
}
