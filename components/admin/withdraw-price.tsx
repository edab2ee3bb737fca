"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { withdrawPrice } from "./admin-api.ts";

/** Takes prices back before they come into force; they can be set again. */
export function WithdrawPrice({ id }: { id: string }) {
  const t = useTranslations("admin.prices");
  const router = useRouter();
  const [pending, setPending] = useState(false);

  async function withdraw() {
    setPending(true);
    const answer = await withdrawPrice(id);
    setPending(false);
    toast({ title: answer.ok ? t("withdrawn") : answer.message });
    router.refresh();
  }

  return (
    <Button size="small" pending={pending} onClick={withdraw}>
      {t("withdraw")}
    </Button>
  );
}
