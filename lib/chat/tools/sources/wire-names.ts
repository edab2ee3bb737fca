import { createHash } from "node:crypto";

const maxChars = 64;

/**
 * Names for the wire (letters, digits, `_` and `-`, 64 characters at most) out of any: the same for the same keys, and no two
 * alike, nor like one of `taken`.
 */
export function wireNames(
  tools: readonly { key: string; source: string; name: string }[],
  taken: ReadonlySet<string>,
): Map<string, string> {
  const used = new Set(taken);
  const names = new Map<string, string>();
  for (const { key, source, name } of tools) {
    const plain = [slug(source), slug(name)].filter(Boolean).join("__") || "tool";
    const fits = plain.length <= maxChars && !used.has(plain);
    const unique = fits ? plain : `${plain.slice(0, maxChars - 9)}_${hash(key)}`;
    used.add(unique);
    names.set(key, unique);
  }
  return names;
}

function slug(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9_-]+/g, "_")
    .replace(/^_+|_+$/g, "");
}

function hash(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}
