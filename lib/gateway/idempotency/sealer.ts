import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { CallRun } from "./call-run.ts";

/** Encrypts what is kept of one answer. Nothing sealed for one place, call or run opens as another. */
export interface Sealer {
  /** Nonce (12 bytes), tag (16 bytes) and ciphertext. */
  seal(place: number, bytes: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Throws when it was sealed elsewhere, with another secret, or was changed. */
  open(place: number, sealed: Uint8Array): Buffer;
}

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;
const label = "aigateway idempotent answer";

/** AES-256-GCM under a key that HKDF-SHA256 derives from the secret for this run alone. */
export function createSealer(
  secret: string,
  run: CallRun,
  random: (sizeBytes: number) => Uint8Array = randomBytes,
): Sealer {
  const key = Buffer.from(hkdfSync("sha256", secret, run.requestId, label, 32));
  const context = (place: number) => Buffer.from(`${run.id}\n${place}`);
  return {
    seal(place, bytes) {
      const nonce = random(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(context(place));
      const sealed = [cipher.update(bytes), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]);
    },
    open(place, sealed) {
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(context(place)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
    },
  };
}
