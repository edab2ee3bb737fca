import { defaultLocale, type Locale, locales } from "#lib/accounts/choices.ts";

/** Remembers the language of a browser whose person is not signed in. */
export const localeCookie = "locale";

export function asLocale(value: string | null | undefined): Locale | null {
  return locales.find((locale) => locale === value) ?? null;
}

/**
 * The best language for an `Accept-Language` header (RFC 9110): the highest weight wins, then the order; any Chinese is
 * served the one Chinese we have.
 */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
      return { language: tag.split("-")[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const match = locales.find((locale) => locale.split("-")[0] === language);
    if (match) return match;
  }
  return defaultLocale;
}
