import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { timeZoneCookie } from "#components/console/usage/time-zone-cookie.ts";
import { messages } from "#components/messages/messages.ts";
import { asLocale, localeCookie, negotiateLocale } from "#components/messages/negotiate-locale.ts";
import { getPageAccount } from "./current-account.ts";

/** Language and zone of the page being made: what the account chose, else the browser's cookie, else its headers. */
const requestConfig = getRequestConfig(async () => {
  const [account, jar, received] = await Promise.all([getPageAccount(), cookies(), headers()]);
  const locale =
    account?.preferences.locale ??
    asLocale(jar.get(localeCookie)?.value) ??
    negotiateLocale(received.get("accept-language"));
  return { locale, messages: messages[locale], timeZone: zoneOr(jar.get(timeZoneCookie)?.value, "UTC") };
});

function zoneOr(zone: string | undefined, fallback: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone ?? fallback }).resolvedOptions().timeZone;
  } catch {
    return fallback;
  }
}

export default requestConfig;
