import { hash, randomBytes as nodeRandomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const PREFIX = "sk-aig-";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH = 34;
const CHECKSUM_LENGTH = 6;
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);
/** The largest multiple of 62 that a byte reaches: bytes from here on would favour the first letters. */
const FAIR_BYTES = 248;

/**
 * A new API key: `sk-aig-` and 40 base62 characters, of which 34 are random (202 bits) and 6 are the CRC-32 of these, so
 * that a mistyped or cut key is told from an unknown one without asking the database.
 */
export function makeKey(randomBytes: (length: number) => Uint8Array = nodeRandomBytes): string {
  let random = "";
  while (random.length < RANDOM_LENGTH) {
    for (const byte of randomBytes(RANDOM_LENGTH)) {
      if (byte < FAIR_BYTES && random.length < RANDOM_LENGTH) random += ALPHABET.charAt(byte % 62);
    }
  }
  return `${PREFIX}${random}${checksumOf(random)}`;
}

/** Whether a text can be a key: prefix, length, alphabet and checksum are right. */
export function isWellFormedKey(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  const random = text.slice(PREFIX.length, -CHECKSUM_LENGTH);
  return checksumOf(random) === text.slice(-CHECKSUM_LENGTH);
}

/** What is kept of a key: its SHA-256 in hex. A fast hash suffices, since nobody can try 2^202 keys. */
export function hashKey(key: string): string {
  return hash("sha256", key, "hex");
}

/** The first characters of a key, enough to tell one's keys apart and useless to anybody else. */
export function keyStart(key: string): string {
  return key.slice(0, PREFIX.length + 5);
}

function checksumOf(random: string): string {
  let rest = crc32(random);
  let digits = "";
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = ALPHABET.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
