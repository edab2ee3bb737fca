import { useTranslations } from "next-intl";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** A key in full, where it is shown its one time: the largest thing around, selected whole by one click. */
export function SecretKey({ apiKey }: { apiKey: string }) {
  const t = useTranslations("keys.secret");
  return (
    <div className="flex flex-col gap-3 rounded-card border border-control bg-surface p-4 sm:flex-row sm:items-center">
      <code dir="ltr" className="min-w-0 flex-1 select-all break-all font-mono text-16">
        {apiKey}
      </code>
      <CopyButton value={apiKey} what={t("what")} variant="primary" className="shrink-0 max-sm:w-full" />
    </div>
  );
}
