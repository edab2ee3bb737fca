import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";

interface RequestHeadProps {
  /** The log that the request is of. */
  logPath: string;
  /** `page` where the page stands among others below a title. */
  level?: "page" | undefined;
}

/** The title line of a request's own page. */
export function RequestHead({ logPath, level }: RequestHeadProps) {
  const t = useTranslations("requests");
  return (
    <div className="flex items-center justify-between gap-4">
      <h1 className={level === "page" ? "text-16" : "text-20"}>{t("one")}</h1>
      <ButtonLink href={logPath} size="small" variant="quiet">
        <ArrowLeft aria-hidden="true" />
        {t("back")}
      </ButtonLink>
    </div>
  );
}
