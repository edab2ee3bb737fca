import { getTranslations } from "next-intl/server";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** A share that was revoked, or never was: the two are not told apart. */
export default async function NoShare() {
  const t = await getTranslations("data.page");
  return (
    <div className="grid flex-1 place-items-center p-6">
      <EmptyState title={t("missingTitle")}>{t("missing")}</EmptyState>
    </div>
  );
}
