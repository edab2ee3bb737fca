import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";

export type PageParams = Readonly<Record<string, string | undefined>>;

/** The address of a page with these parameters, empty ones left out. */
export function pageHref(path: string, params: PageParams): string {
  const query = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return query.size === 0 ? path : `${path}?${query}`;
}

interface PagerProps {
  path: string;
  /** The filters. */
  params: PageParams;
  nextCursor: string | null;
  atStart: boolean;
}

/** To the start of a list, and on in it. */
export function Pager({ path, params, nextCursor, atStart }: PagerProps) {
  const t = useTranslations("admin.pager");
  if (atStart && nextCursor === null) return null;
  return (
    <div className="flex justify-end gap-2">
      {!atStart && (
        <ButtonLink size="small" href={pageHref(path, params)} scroll={false}>
          {t("start")}
        </ButtonLink>
      )}
      {nextCursor !== null && (
        <ButtonLink size="small" href={pageHref(path, { ...params, after: nextCursor })} scroll={false}>
          {t("next")}
        </ButtonLink>
      )}
    </div>
  );
}
