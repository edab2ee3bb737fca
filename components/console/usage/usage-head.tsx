import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";
import { FilterBar, type OfferedFilter } from "./filter-bar.tsx";
import { RangeBar } from "./range-bar.tsx";
import { paramsOf } from "./usage-href.ts";
import type { ValueNames } from "./value-names.ts";

export interface UsageHeadProps {
  /** The page that is asked. */
  path: string;
  question: UsageQuestion;
  choices: { names: ValueNames; options: Record<OfferedFilter, string[]> };
  /** In place of "Usage". */
  title?: string | undefined;
  /** `page` where the page stands among others below a title. */
  level?: "page" | undefined;
  /** Beside the title. */
  children?: ReactNode;
}

/** The title line of a usage page, with the range and the filters that all its panels share. */
export function UsageHead({ path, question, choices, title, level, children }: UsageHeadProps) {
  const t = useTranslations("usage");
  return (
    <header className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h1 className={level === "page" ? "text-16" : "text-20"}>{title ?? t("title")}</h1>
          <p className="text-13 text-muted">{t("zone", { zone: question.timeZone.replaceAll("_", " ") })}</p>
        </div>
        <div className="flex min-w-0 items-center gap-2 max-sm:has-[search]:basis-full">{children}</div>
      </div>
      <RangeBar path={path} question={question} />
      <FilterBar path={path} params={paramsOf(question)} filter={question.filter} {...choices} />
    </header>
  );
}
