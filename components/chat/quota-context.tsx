"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Quota } from "#components/shell/quota-meter.tsx";
import type { NoticeRecord } from "#lib/alerts/notice.ts";
import { chatApi } from "./chat-api.ts";

interface Means {
  quota: Quota | null;
  /** What is to be said of budgets. */
  notices: readonly NoticeRecord[];
}

interface QuotaState extends Means {
  /** Reads it again; a failure leaves what was known. */
  refresh: () => Promise<void>;
}

const Context = createContext<QuotaState>({
  quota: null,
  notices: [],
  refresh: () => Promise.resolve(),
});

export function QuotaProvider({ initial, children }: { initial: Means; children: ReactNode }) {
  const [means, setMeans] = useState(initial);
  const state = useMemo(
    () => ({
      ...means,
      refresh: () =>
        chatApi.means().then(setMeans, () => {
          // The meter shows the last known figure; the next reply asks again.
        }),
    }),
    [means],
  );
  return <Context value={state}>{children}</Context>;
}

export function useQuota(): QuotaState {
  return useContext(Context);
}
