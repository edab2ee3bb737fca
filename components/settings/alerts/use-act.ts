"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ApiAnswer } from "#components/forms/call-api.ts";
import { toast } from "#components/ui/toast-store.ts";

/** Runs an act and shows the page anew; a toast says how it went. `pending` while it runs; false where it failed. */
export function useAct(): {
  pending: boolean;
  act(work: Promise<ApiAnswer<unknown>>, done?: string): Promise<boolean>;
} {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  return {
    pending,
    async act(work, done) {
      setPending(true);
      const answer = await work;
      setPending(false);
      if (!answer.ok) toast({ tone: "danger", title: answer.message });
      else if (done !== undefined) toast({ title: done });
      router.refresh();
      return answer.ok;
    },
  };
}
