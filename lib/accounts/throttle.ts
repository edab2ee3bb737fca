import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";

/** At most `limit` attempts in a fixed window that begins with the first. */
export interface ThrottleRule {
  limit: number;
  windowMs: number;
}

const minuteMs = 60_000;

/** Failed sign-ins per e-mail and per address; sign-ups per address. */
export const throttleRules = {
  signInByEmail: { limit: 10, windowMs: 15 * minuteMs },
  signInByAddress: { limit: 50, windowMs: 15 * minuteMs },
  signUpByAddress: { limit: 20, windowMs: 60 * minuteMs },
} as const satisfies Record<string, ThrottleRule>;

/** Under which name an e-mail's attempts are counted; the e-mail cannot be read from it. */
export function emailSubject(emailKey: string): string {
  return `signin:email:${createHash("sha256").update(emailKey).digest("hex")}`;
}

/** Under which name an address's attempts are counted. */
export function addressSubject(act: "signin" | "signup", address: string): string {
  return `${act}:address:${addressGroup(address)}`;
}

/** IPv4 addresses stand for themselves; of IPv6 the first 64 bits do, since one subscriber has all the rest. */
export function addressGroup(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address.slice(0, 64);
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill("0");
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/** "Try again in 12 minutes." */
export function retrySentence(retryAfterS: number): string {
  if (retryAfterS < 90) return `Try again in ${retryAfterS} second${retryAfterS === 1 ? "" : "s"}.`;
  return `Try again in ${Math.ceil(retryAfterS / 60)} minutes.`;
}
