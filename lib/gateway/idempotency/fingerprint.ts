import { createHmac } from "node:crypto";

/** The id under which an account's call with this Idempotency-Key is kept; it tells nobody what the key was. */
export function recordIdOf(secret: string, accountId: string, idempotencyKey: string): string {
  return mac(secret, "id", `${accountId}\n${idempotencyKey}`);
}

/** Equal for bodies that mean the same JSON on the same endpoint. Keyed, so that a body cannot be guessed from it. */
export function bodyHashOf(secret: string, endpoint: string, body: unknown): string {
  return mac(secret, "body", `${endpoint}\n${canonicalJson(body)}`);
}

// The secret has other uses; the label keeps a value made for one from meaning anything to another.
function mac(secret: string, purpose: "id" | "body", text: string): string {
  return createHmac("sha256", secret).update(`aigateway idempotency ${purpose}\n`).update(text).digest("hex");
}

/** A parsed JSON value as text that depends neither on white space nor on the order of fields. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(",")}}`;
}
