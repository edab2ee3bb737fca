const readingMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a call that changes something was made by a page of another site. Browsers name their page's site in
 * `Sec-Fetch-Site` (https and localhost) and its origin in `Origin` (everywhere); programs send neither.
 */
export function isForeignCall(method: string, headers: Headers, publicUrl: string | null): boolean {
  if (readingMethods.has(method)) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = headers.get("origin");
  if (origin === null) return false;
  if (!URL.canParse(origin)) return true;
  const ownHosts = [
    headers.get("x-forwarded-host") ?? headers.get("host"),
    publicUrl && new URL(publicUrl).host,
  ];
  return !ownHosts.includes(new URL(origin).host);
}
