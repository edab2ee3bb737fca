const longestQuery = 200;
const mostTerms = 8;

/**
 * The terms of a query, each of which a find contains, longest first: words, and phrases within quotation marks. Case is left as typed.
 */
export function parseQuery(query: string): string[] {
  const pieces = query.slice(0, longestQuery).toWellFormed().replaceAll("\u0000", "").matchAll(termPattern);
  const terms = new Set<string>();
  for (const [, phrase, word] of pieces) {
    const term = (phrase ?? word ?? "").replace(/\s+/gu, " ").trim();
    if (term !== "") terms.add(term);
  }
  return [...terms].slice(0, mostTerms).sort((a, b) => b.length - a.length);
}

const termPattern = /["“„«]([^"“”„«»]*)["”»]|([^\s"“”„«»]+)/gu;
