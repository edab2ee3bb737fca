"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { paths } from "#components/shell/paths.ts";
import type { Quota } from "#components/shell/quota-meter.tsx";
import { formatWait } from "./format-wait.ts";
import { useCountdown } from "./use-countdown.ts";

const fewLeft = 10;

/** Tells, near the composer, that few free requests are left today, or when there are some again. */
export function QuotaLine({ quota }: { quota: Quota | null }) {
  const left = quota === null ? Number.POSITIVE_INFINITY : Math.max(0, quota.limit - quota.used);
  const few = quota !== null && (left <= fewLeft || left * 10 < quota.limit);
  return few ? <FewLeft left={left} quota={quota} /> : null;
}

function FewLeft({ left, quota }: { left: number; quota: Quota }) {
  const t = useTranslations("composer.quota");
  const locale = useLocale();
  const wait = useCountdown(left === 0 ? new Date(quota.resetsAt).getTime() : null);
  return (
    <p role="status" className="figures mb-1.5 px-3 text-center text-12 text-warning">
      {left > 0
        ? t("left", { left, limit: quota.limit })
        : wait > 0
          ? t("noneUntil", { time: formatWait(wait, locale) })
          : t("none")}{" "}
      <Link href={paths.usage} className="underline underline-offset-2">
        {t("usage")}
      </Link>
    </p>
  );
}
