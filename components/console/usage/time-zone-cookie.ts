/** The browser tells its time zone in this cookie; without it days are UTC's. */
export const timeZoneCookie = "time-zone";

const yearS = 31_536_000;

/** What the browser writes to remember its zone, such as `Europe/Berlin`. */
export function timeZoneCookieFor(zone: string): string {
  return `${timeZoneCookie}=${encodeURIComponent(zone)}; path=/; max-age=${yearS}; samesite=lax`;
}
