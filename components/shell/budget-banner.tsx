"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { formatMoney } from "#components/ui/format-money.ts";
import { toast } from "#components/ui/toast-store.ts";
import type { NoticeRecord } from "#lib/alerts/notice.ts";
import { paths } from "./paths.ts";

/** A budget has passed one of its shares, or refuses requests; put away until it passes the next one. */
export function BudgetBanner({ notice }: { notice: NoticeRecord }) {
  const t = useTranslations("shell.budget");
  const [away, setAway] = useState(false);
  const { alertId, keyName, kind, percent, mode, limitNanoUsd } = notice;
  if (away) return null;

  async function dismiss(): Promise<void> {
    setAway(true);
    // Not before it is needed: banners are part of a page's first load.
    const { callApi } = await import("#components/forms/call-api.ts");
    const answer = await callApi("POST", "/api/alerts/dismiss", { alertId }, () => null);
    if (answer.ok) return;
    setAway(false);
    toast({ tone: "danger", title: answer.message });
  }

  const facts = { percent, limit: formatMoney(limitNanoUsd), name: keyName ?? "" };
  const holder = keyName === null ? "account" : "key";
  const exhausted = kind === "refused" || (percent >= 100 && mode === "hard");
  return (
    <Banner
      tone={exhausted ? "danger" : "warning"}
      action={{ label: t("act"), href: paths.keys }}
      onDismiss={() => void dismiss()}
    >
      {t(`${holder}.${kind}`, facts)}
    </Banner>
  );
}
