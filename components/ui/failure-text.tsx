import { useTranslations } from "next-intl";
import { CopyButton } from "./copy-button.tsx";

/** What a page says that could not be built: what happened, what is safe, what to do, and what to quote. */
export function FailureText({ error }: { error: unknown }) {
  const t = useTranslations("common");
  const reference = readDigest(error);
  return (
    <div role="alert" className="min-w-0">
      <h1 className="text-28">{t("failure.title")}</h1>
      <p className="mt-3 text-16 text-muted">
        {reference ? t("failure.textWithReference") : t("failure.text")}
      </p>
      {reference && (
        <p className="mt-3 flex items-center gap-1 text-13 text-muted">
          {t("failure.reference")} <code className="font-mono text-foreground">{reference}</code>
          <CopyButton value={reference} what={t("copy.reference")} iconOnly />
        </p>
      )}
    </div>
  );
}

/** The hash Next gives to an error of the server, by which it is found in the log. */
function readDigest(error: unknown): string | null {
  if (!(error instanceof Error) || !("digest" in error)) return null;
  return typeof error.digest === "string" ? error.digest : null;
}
