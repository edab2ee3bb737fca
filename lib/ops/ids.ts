import { randomFillSync } from "node:crypto";

export type IdPrefix =
  | "acc"
  | "ses"
  | "key"
  | "req"
  | "chat"
  | "msg"
  | "gen"
  | "fld"
  | "prm"
  | "src"
  | "att"
  | "shr"
  | "aud"
  | "prc"
  | "rec"
  | "alt"
  | "whk"
  | "dlv"
  | "proc";

const randomSize = 10;
// Asking the system for a few bytes takes as long as asking for thousands. No byte is used twice.
const pool = new Uint8Array(randomSize * 256);
let used = pool.length;

function nextRandom(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += randomSize;
  return pool.subarray(used - randomSize, used);
}

/**
 * A new identifier: prefix, underscore and the 32 hex digits of a UUIDv7 (RFC 9562), so ids of one kind sort by
 * the time they were made.
 */
export function newId(prefix: IdPrefix, now: number = Date.now(), random: Uint8Array = nextRandom()): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(now / 2 ** 32));
  view.setUint32(2, now % 2 ** 32);
  bytes.set(random.subarray(0, randomSize), 6);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  return `${prefix}_${Buffer.from(bytes).toString("hex")}`;
}
