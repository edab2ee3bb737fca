import { Search } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";

/** Looks for one request by its id, as `x-request-id` told it. */
export function FindRequest({ path, id }: { path: string; id: string }) {
  const t = useTranslations("requests.search");
  return (
    <search className="min-w-0 max-sm:flex-1">
      <form action={path} key={id} className="flex items-center gap-2 text-13">
        <input
          name="id"
          defaultValue={id}
          aria-label={t("label")}
          placeholder={t("placeholder")}
          required
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          className="target w-full min-w-0 max-w-76 rounded-control border border-control bg-background px-2.5 font-mono text-13"
        />
        <Button type="submit" size="small">
          <Search aria-hidden="true" />
          {t("action")}
        </Button>
        {id !== "" && (
          <Link href={path} className="link shrink-0">
            {t("clear")}
          </Link>
        )}
      </form>
    </search>
  );
}
