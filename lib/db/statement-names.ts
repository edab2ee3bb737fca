import { createHash } from "node:crypto";

const maxNamed = 500;

/** What all of them begin with: who reads one knows that the same name is the same text. */
export const keptNamePrefix = "aig_";

/**
 * Names for prepared statements, by their text: the server then parses and plans each once a session. Only the first 500 texts get
 * one, since the server keeps every named statement as long as the session lives; all others get the empty name, which keeps none.
 */
export function createStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= maxNamed) return "";
    const name = `${keptNamePrefix}${createHash("sha256").update(sql).digest("hex").slice(0, 32)}`;
    names.set(sql, name);
    return name;
  };
}
