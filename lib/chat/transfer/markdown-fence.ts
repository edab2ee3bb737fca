/** The text as a block of code that it cannot break out of. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`{3,}/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}
