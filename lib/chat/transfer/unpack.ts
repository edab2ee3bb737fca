import type { FileHandle } from "node:fs/promises";
import { type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { UnreadableFile } from "./split-json.ts";

/** A file of a zip. */
export interface PackedFile {
  /** With its folders. */
  path: string;
  sizeBytes: number;
  /**
   * Its bytes, unpacked piece by piece.
   * @throws UnreadableFile `unpacks_too_large`, `broken_zip`
   */
  read(): AsyncGenerator<Uint8Array>;
}

export interface UnpackLimits {
  /** Of one zip. */
  files: number;
  /** Of all that is read out of one zip. */
  totalBytes: number;
  /** Beyond this many bytes a file may be this many times larger than it is packed. */
  ratioFromBytes: number;
  ratio: number;
}

export const unpackLimits: UnpackLimits = {
  files: 100_000,
  totalBytes: 4 * 1024 ** 3,
  ratioFromBytes: 16 * 1024 ** 2,
  ratio: 200,
};

/** Reads a file that is open, piece by piece where it is asked to. */
class HandleReader extends Reader<FileHandle> {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle, sizeBytes: number) {
    super(handle);
    this.#handle = handle;
    this.size = sizeBytes;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const buffer = new Uint8Array(Math.min(length, Math.max(0, this.size - index)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await this.#handle.read(buffer, filled, buffer.length - filled, index + filled);
      if (bytesRead === 0) throw new UnreadableFile("broken_zip");
      filled += bytesRead;
    }
    return buffer;
  }
}

/**
 * Lists the files of a zip. What is unpacked is counted, so that a small file cannot fill memory or disk.
 * @throws UnreadableFile `broken_zip`, `encrypted_zip`, `unpacks_too_large`
 */
export async function openZip(handle: FileHandle, limits = unpackLimits): Promise<PackedFile[]> {
  const { size } = await handle.stat();
  const reader = new ZipReader(new HandleReader(handle, size), { useWebWorkers: false });
  const budget = { bytes: limits.totalBytes };
  const files: PackedFile[] = [];
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      if (entry.encrypted) throw new UnreadableFile("encrypted_zip");
      if (files.length >= limits.files) throw new UnreadableFile("unpacks_too_large");
      files.push({
        path: entry.filename,
        sizeBytes: entry.uncompressedSize,
        read: () => unpack(entry, limits, budget),
      });
    }
  } catch (error) {
    throw asUnreadable(error);
  }
  return files;
}

async function* unpack(
  entry: FileEntry,
  limits: UnpackLimits,
  budget: { bytes: number },
): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const unpacking = entry
    .getData(writable, { useWebWorkers: false, checkSignature: true })
    .catch((error: unknown) => {
      throw asUnreadable(error);
    });
  // Told below, unless reading ends before.
  unpacking.catch(() => undefined);
  const reader = readable.getReader();
  let sizeBytes = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const chunk = read.value;
      sizeBytes += chunk.length;
      budget.bytes -= chunk.length;
      const swollen =
        sizeBytes > limits.ratioFromBytes && sizeBytes > limits.ratio * Math.max(1, entry.compressedSize);
      if (swollen || budget.bytes < 0) throw new UnreadableFile("unpacks_too_large");
      yield chunk;
    }
    await unpacking;
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function asUnreadable(error: unknown): UnreadableFile {
  return error instanceof UnreadableFile ? error : new UnreadableFile("broken_zip", { cause: error });
}

/** All bytes of a file; null when it is larger. */
export async function readAll(file: PackedFile, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (file.sizeBytes > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of file.read()) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) return null;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
