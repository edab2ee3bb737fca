import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

const prefix = "aigp.";

const payloadSchema = z.object({ accountId: z.string().min(1), expiresAt: z.int() });

/**
 * A bearer token by which the chat tells the gateway who pays: `aigp.`, the base64url of a JSON payload, a dot, and the
 * base64url of its HMAC-SHA256. Times are milliseconds since 1970.
 */
export function signPayToken(
  secret: string,
  claim: { accountId: string; now: number; ttlMs: number },
): string {
  const payload = JSON.stringify({ accountId: claim.accountId, expiresAt: claim.now + claim.ttlMs });
  const signed = prefix + Buffer.from(payload, "utf8").toString("base64url");
  return `${signed}.${mac(secret, signed).toString("base64url")}`;
}

/** Whether a bearer token claims to be one of these rather than an API key. */
export function isPayToken(token: string): boolean {
  return token.startsWith(prefix);
}

/** The account that pays, or null for a token that is malformed, forged or past its time. Compares in constant time. */
export function verifyPayToken(secret: string, token: string, now: number): { accountId: string } | null {
  if (!isPayToken(token)) return null;
  const end = token.lastIndexOf(".");
  const given = Buffer.from(token.slice(end + 1), "base64url");
  const expected = mac(secret, token.slice(0, end));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const payload = parsePayload(token.slice(prefix.length, end));
  return payload && payload.expiresAt > now ? { accountId: payload.accountId } : null;
}

// The secret also signs sessions; the label keeps a signature made for one from being valid for the other.
function mac(secret: string, signed: string): Buffer {
  return createHmac("sha256", secret).update("aigateway pay token\n").update(signed).digest();
}

function parsePayload(encoded: string): z.infer<typeof payloadSchema> | null {
  try {
    const parsed = payloadSchema.safeParse(JSON.parse(Buffer.from(encoded, "base64url").toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
