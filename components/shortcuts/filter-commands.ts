/** What can be chosen in the palette, as far as finding it goes. */
export interface Findable {
  label: string;
  /** Other words it is looked for by. */
  words?: string | undefined;
}

const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * The commands that hold every word of a query, those first whose name begins with it, then those in which a word does;
 * otherwise in the order given. An empty query lets all through.
 */
export function filterCommands<Command extends Findable>(
  commands: readonly Command[],
  query: string,
): Command[] {
  const wanted = fold(query).trim();
  if (wanted === "") return [...commands];
  const parts = wanted.split(/\s+/);
  return commands
    .map((command, order) => ({ command, order, rank: rankOf(command, wanted, parts) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .toSorted((a, b) => a.rank - b.rank || a.order - b.order)
    .map(({ command }) => command);
}

function rankOf({ label, words = "" }: Findable, wanted: string, parts: readonly string[]): number {
  const name = fold(label);
  const all = `${name} ${fold(words)}`;
  if (!parts.every((part) => all.includes(part))) return Number.POSITIVE_INFINITY;
  if (name.startsWith(wanted)) return 0;
  if (parts.every((part) => name.split(/[\s:：-]+/).some((word) => word.startsWith(part)))) return 1;
  return parts.every((part) => name.includes(part)) ? 2 : 3;
}
