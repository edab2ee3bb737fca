"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { pageClock } from "#components/ui/page-clock.ts";

const notAlive = () => 0;
const minuteMs = 60_000;

/** How long until a moment (milliseconds since 1970), kept current; the moment itself on hover. */
export function TimeLeft({ untilMs }: { untilMs: number }) {
  const t = useTranslations("usage");
  const clockMs = useSyncExternalStore(pageClock.subscribe, pageClock.nowMs, notAlive);
  const moment = new Date(untilMs).toISOString();
  const minutes = Math.floor((untilMs - (clockMs > 0 ? clockMs : Date.now())) / minuteMs);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  return (
    <time dateTime={moment} title={`${moment.slice(0, 16).replace("T", " ")} UTC`} suppressHydrationWarning>
      {days > 0
        ? t("timeLeft.days", { days, hours })
        : hours > 0
          ? t("timeLeft.hours", { hours, minutes: minutes % 60 })
          : minutes > 0
            ? t("timeLeft.minutes", { minutes })
            : t("timeLeft.soon")}
    </time>
  );
}
