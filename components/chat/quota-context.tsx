"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Quota } from "#components/shell/quota-meter.tsx";
import { chatApi } from "./chat-api.ts";

interface QuotaState {
  quota: Quota | null;
  /** Reads it again; a failure leaves what was known. */
  refresh: () => Promise<void>;
}

const Context = createContext<QuotaState>({ quota: null, refresh: () => Promise.resolve() });

export function QuotaProvider({ initial, children }: { initial: Quota | null; children: ReactNode }) {
  const [quota, setQuota] = useState(initial);
  const state = useMemo(
    () => ({
      quota,
      refresh: () =>
        chatApi.quota().then(setQuota, () => {
          // The meter shows the last known figure; the next reply asks again.
        }),
    }),
    [quota],
  );
  return <Context value={state}>{children}</Context>;
}

export function useQuota(): QuotaState {
  return useContext(Context);
}
