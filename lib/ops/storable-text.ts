/** Text that PostgreSQL accepts, in `text` and in `jsonb`: what it is given for NUL and for half of a surrogate pair is U+FFFD. */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "\uFFFD").toWellFormed();
}
