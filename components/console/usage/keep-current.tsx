"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { timeZoneCookieFor } from "./time-zone-cookie.ts";

export interface KeepCurrentProps {
  /** The zone that the page was built for. */
  timeZone: string;
  /** When the figures change by themselves: the quota's reset, in milliseconds since 1970. */
  refreshAtMs: number | null;
}

const leastBetweenMs = 3_000;

/** Tells the server the person's time zone, and fetches the page anew when they come back to it. */
export function KeepCurrent({ timeZone, refreshAtMs }: KeepCurrentProps) {
  const router = useRouter();

  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!own || own === timeZone) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing on plain http and in older browsers.
    document.cookie = timeZoneCookieFor(own);
    router.refresh();
  }, [timeZone, router]);

  useEffect(() => {
    let refreshedAtMs = Date.now();
    const refresh = () => {
      if (document.visibilityState === "hidden" || Date.now() - refreshedAtMs < leastBetweenMs) return;
      refreshedAtMs = Date.now();
      router.refresh();
    };
    window.addEventListener("focus", refresh);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      window.removeEventListener("focus", refresh);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router]);

  useEffect(() => {
    if (refreshAtMs === null) return;
    const timer = setTimeout(() => router.refresh(), Math.max(0, refreshAtMs - Date.now()) + 1_000);
    return () => clearTimeout(timer);
  }, [refreshAtMs, router]);

  return null;
}
