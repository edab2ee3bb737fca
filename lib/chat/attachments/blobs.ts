import { getConfig } from "#lib/ops/config.ts";
import { perProcess } from "#lib/ops/per-process.ts";
import { localBlobs } from "./local-blobs.ts";
import { s3Blobs } from "./s3-blobs.ts";

/** Where the bytes of files lie. A key is `accountId/sha256`, so nothing is shared between accounts. */
export interface Blobs {
  /** Stores bytes whole or not at all; the same key again holds the same bytes. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is nothing under the key. */
  get(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Harmless when there is nothing under the key. */
  remove(key: string): Promise<void>;
}

const held = perProcess<Blobs>("attachment-blobs");

/** The blob store of this process, as it is configured. */
export function getBlobs(): Blobs {
  const { store } = getConfig().files;
  const blobs = held.get() ?? (store.kind === "s3" ? s3Blobs(store, fetch) : localBlobs(store.dir));
  held.set(blobs);
  return blobs;
}
