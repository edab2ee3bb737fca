const prefix = "aig1.";
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Exact reasoning text as `encrypted_content`: `aig1.` and the base64url of its UTF-8. Opaque to clients, not secret. */
export function sealReasoning(text: string): string {
  return prefix + Buffer.from(text, "utf8").toString("base64url");
}

/** The text of our own `encrypted_content`, or null for anything else. */
export function openReasoning(sealed: string): string | null {
  const body = sealed.slice(prefix.length);
  if (!sealed.startsWith(prefix) || !/^[\w-]*$/.test(body)) return null;
  try {
    return decoder.decode(Buffer.from(body, "base64url"));
  } catch {
    return null;
  }
}
