"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { callApi } from "#components/forms/call-api.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast-store.ts";

/** Deletes what is kept of one request, at once. */
export function DeleteBody({ requestId }: { requestId: string }) {
  const t = useTranslations("requests.bodies");
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function deleteIt() {
    startTransition(async () => {
      const path = `/api/usage/requests/${requestId}/body`;
      const answer = await callApi("DELETE", path, undefined, () => null);
      toast({ title: answer.ok ? t("deleted") : answer.message });
      router.refresh();
    });
  }

  return (
    <Button size="small" variant="quiet" pending={pending} onClick={deleteIt}>
      <Trash2 aria-hidden="true" />
      {t("delete")}
    </Button>
  );
}
