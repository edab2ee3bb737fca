import { useTranslations } from "next-intl";

export const mainId = "main";

/** The first stop of the Tab key: past the navigation to the page itself. */
export function SkipLink() {
  const t = useTranslations("shell");
  return (
    <a
      href={`#${mainId}`}
      className="target sr-only z-50 items-center rounded-control bg-accent px-4 font-medium text-14 text-accent-foreground focus:not-sr-only focus:fixed! focus:px-4! focus:top-2 focus:left-2 focus:inline-flex!"
    >
      {t("skip")}
    </a>
  );
}
