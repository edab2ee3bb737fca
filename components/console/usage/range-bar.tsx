import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { type UsageQuestion, usageRanges } from "#lib/usage/usage-question.ts";
import { localDayOf } from "#lib/usage/zoned-buckets.ts";
import { paramsOf, usageHref } from "./usage-href.ts";

/** The range of dates that all panels share: presets, and any days. */
export function RangeBar({ question, path }: { question: UsageQuestion; path: string }) {
  const t = useTranslations("usage");
  const { range, rangeName, timeZone } = question;
  const params = paramsOf(question);
  const { range: _, from: __, to: ___, ...kept } = params;
  const shown = usageRanges.filter((name) => name !== "custom");
  const day = (time: Date) => localDayOf(time, timeZone);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <nav aria-label={t("range.label")} className="flex flex-wrap gap-1">
        {shown.map((name) => (
          <Link
            key={name}
            href={usageHref(path, kept, { range: name })}
            scroll={false}
            aria-current={name === rangeName ? "true" : undefined}
            className="target inline-flex items-center rounded-control px-2.5 text-13 text-muted hover:bg-raised hover:text-foreground aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-foreground"
          >
            {t(`range.${name}`)}
          </Link>
        ))}
      </nav>
      <form
        action={path}
        key={`${day(range.from)} ${day(range.to)}`}
        className="flex flex-wrap items-center gap-2 text-13"
      >
        <input type="hidden" name="range" value="custom" />
        {Object.entries(kept).flatMap(([name, value]) =>
          (value === undefined ? [] : typeof value === "string" ? [value] : value).map((each) => (
            <input key={`${name} ${each}`} type="hidden" name={name} value={each} />
          )),
        )}
        <DayField name="from" label={t("range.from")} value={day(range.from)} />
        <span aria-hidden="true" className="text-muted">
          –
        </span>
        <DayField name="to" label={t("range.to")} value={day(new Date(range.to.getTime() - 1))} />
        <Button type="submit" size="small">
          {t("range.show")}
        </Button>
      </form>
    </div>
  );
}

function DayField({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <input
      type="date"
      name={name}
      aria-label={label}
      defaultValue={value}
      required
      min="2000-01-01"
      className="target rounded-control border border-control bg-background px-2 text-13"
    />
  );
}
