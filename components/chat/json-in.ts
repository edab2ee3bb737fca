/**
 * The JSON that a text is as a whole, laid out; null when it is anything else. While more is coming, a text that begins as an object is
 * taken for one.
 */
export function jsonIn(text: string, incomplete: boolean): string | null {
  const trimmed = text.trim();
  if (incomplete) return /^\{\s*("|$)/.test(trimmed) ? trimmed : null;
  return /^[{[]/.test(trimmed) && isJson(trimmed) ? layOut(trimmed) : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Moves what stands between the tokens alone: a number longer than JavaScript can hold stays what it is. */
function layOut(json: string): string {
  let out = "";
  let depth = 0;
  let opened = false;
  const line = () => `\n${"  ".repeat(depth)}`;
  for (const [part] of json.matchAll(token)) {
    const closes = part === "}" || part === "]";
    if (closes) depth -= 1;
    if (closes ? !opened : opened) out += line();
    out += part === ":" ? ": " : part;
    opened = part === "{" || part === "[";
    if (opened) depth += 1;
    if (part === ",") out += line();
  }
  return out;
}
