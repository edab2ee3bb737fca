/** By name, in the reader's alphabet, numbers by their value. */
export function sortPrompts<Named extends { name: string }>(
  prompts: readonly Named[],
  locale: string,
): Named[] {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  return prompts.toSorted((a, b) => compare(a.name, b.name));
}
