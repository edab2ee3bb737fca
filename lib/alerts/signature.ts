import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";
const secretBytes = 24;

/** A secret that signs the calls of one webhook, in the form of standardwebhooks.com: `whsec_` and base64. */
export function makeWebhookSecret(): string {
  return prefix + randomBytes(secretBytes).toString("base64");
}

interface Signed {
  /** Of the delivery; the same at every try. */
  id: string;
  /** Unix seconds of this try. */
  timestamp: number;
  body: string;
}

/**
 * The headers that prove whom a call comes from: HMAC-SHA256 over `id.timestamp.body`, in base64, one signature a secret. This is the
 * scheme of standardwebhooks.com, for which there are libraries.
 */
export function signatureHeaders(
  { id, timestamp, body }: Signed,
  secrets: readonly string[],
): Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}
