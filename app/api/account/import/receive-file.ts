import { createWriteStream } from "node:fs";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ApiError } from "#lib/wire/errors.ts";

/** The largest file that is taken. */
export const maxUploadBytes = 1024 ** 3;

/** An upload on disk; `discard` removes it. */
export interface ReceivedFile {
  handle: FileHandle;
  discard(): Promise<void>;
}

/**
 * Writes a request's body to a file that only this process can read, without holding it in memory.
 * @throws ApiError `payload_too_large`
 */
export async function receiveFile(request: Request): Promise<ReceivedFile> {
  const folder = await mkdtemp(join(tmpdir(), "aigateway-import-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "upload");
    await pipeline(bodyOf(request), createWriteStream(path, { mode: 0o600 }));
    const handle = await open(path, "r");
    return {
      handle,
      async discard() {
        await handle.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function bodyOf(request: Request): Readable {
  return Readable.from(limited(request.body), { objectMode: false });
}

async function* limited(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  let sizeBytes = 0;
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    sizeBytes += read.value.length;
    if (sizeBytes > maxUploadBytes) {
      await reader?.cancel();
      throw new ApiError("payload_too_large", "The file is larger than 1 GB. Import its parts one by one.");
    }
    yield read.value;
  }
}
