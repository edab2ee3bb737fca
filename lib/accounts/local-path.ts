/**
 * The path to go to after signing in: `wanted` when it is a path of this installation, else `fallback`.
 * Browsers read `//host`, `/\host` and paths with control characters as other sites; none of these is local.
 */
export function localPathOr(wanted: string | null | undefined, fallback: string): string {
  if (!wanted?.startsWith("/") || /^\/[/\\]/.test(wanted) || /[\p{Cc}\\]/u.test(wanted)) return fallback;
  const base = "http://local.invalid";
  if (!URL.canParse(wanted, base)) return fallback;
  const url = new URL(wanted, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return fallback;
  url.searchParams.delete("_rsc");
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The sign-in page that leads back to `path` afterwards. */
export function signInPathFor(path: string | null): string {
  const next = localPathOr(path, "/chat");
  return next === "/chat" ? "/signin" : `/signin?${new URLSearchParams({ next })}`;
}
