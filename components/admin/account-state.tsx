import { useTranslations } from "next-intl";
import { Status, type Tone } from "#components/ui/badge.tsx";
import type { AccountState } from "#lib/admin/account-views.ts";

const tones = {
  active: "positive",
  disabled: "warning",
  deleting: "danger",
} satisfies Record<AccountState, Tone>;

export function AccountStateBadge({ state }: { state: AccountState }) {
  const t = useTranslations("admin.accounts");
  return <Status tone={tones[state]}>{t("state", { state })}</Status>;
}
