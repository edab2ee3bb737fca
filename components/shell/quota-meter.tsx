import { useTranslations } from "next-intl";
import { Meter } from "#components/ui/meter.tsx";
import { paths } from "./paths.ts";
import { PlaceLink } from "./place-link.tsx";

export interface Quota {
  /** Free requests a day. */
  limit: number;
  /** Requests made today. */
  used: number;
  /** When the count begins anew. */
  resetsAt: Date | string;
}

/** "88 of 100 free requests left today", leading to the usage page. */
export function QuotaMeter({ quota }: { quota: Quota }) {
  const t = useTranslations("shell.quota");
  const { limit } = quota;
  const left = Math.max(0, quota.limit - quota.used);
  const tone = left === 0 ? "danger" : left * 10 <= quota.limit ? "warning" : "accent";
  const time = new Date(quota.resetsAt).toISOString().slice(11, 16);
  return (
    <PlaceLink
      href={paths.usage}
      title={t("title", { left, limit, time })}
      className="figures block rounded-control px-2.5 py-2 text-12 text-muted transition-colors hover:bg-raised"
    >
      <span className="mb-1.5 block rail-narrow:sr-only">
        {left === 0
          ? t("none", { time })
          : t.rich("left", {
              left,
              limit,
              strong: (chunks) => <span className="font-medium text-foreground">{chunks}</span>,
            })}
      </span>
      <Meter
        label={t("name")}
        value={left}
        max={quota.limit}
        valueText={t("value", { left, limit })}
        tone={tone}
      />
    </PlaceLink>
  );
}
