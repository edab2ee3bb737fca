import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts a short text for one `place`, such as a column of a row; elsewhere, or under another secret, it does not open. */
export function sealText(secret: string, place: string, text: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyOf(secret, place), nonce).setAAD(Buffer.from(place));
  const sealed = [cipher.update(text, "utf8"), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]);
}

/** Throws when it was sealed for another place, with another secret, or was changed. */
export function openText(secret: string, place: string, sealed: Uint8Array): string {
  const decipher = createDecipheriv(algorithm, keyOf(secret, place), sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const opened = [decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()];
  return Buffer.concat(opened).toString("utf8");
}

function keyOf(secret: string, place: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, place, "aigateway sealed text", 32));
}
