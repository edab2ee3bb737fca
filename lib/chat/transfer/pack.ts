import { ZipWriter } from "@zip.js/zip.js";

/** A file to be put into a zip. */
export interface FileToPack {
  path: string;
  changedAt: Date;
  content: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /** Its bytes are packed already, as a picture's are. */
  stored?: boolean;
}

/**
 * A zip of the files, made while it is read: no more than one piece of one file is held, and when its reader leaves, the making of
 * files ends too.
 */
export function packZip(files: AsyncIterable<FileToPack>): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const left = new AbortController();
  const packing = pack(files, writable, left.signal);
  const reader = readable.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (value) controller.enqueue(value);
        if (!done) return;
        await packing;
        controller.close();
      },
      async cancel(reason) {
        left.abort(reason);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

async function pack(
  files: AsyncIterable<FileToPack>,
  writable: WritableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const zip = new ZipWriter(writable, { useWebWorkers: false, bufferedWrite: false });
  try {
    for await (const file of files) {
      signal.throwIfAborted();
      await zip.add(file.path, toStream(file.content), {
        level: file.stored ? 0 : 6,
        lastModDate: file.changedAt,
        signal,
      });
    }
    await zip.close();
  } catch (error) {
    // Breaks the download off: a zip without its end is seen to be broken.
    await writable.abort(error).catch(() => undefined);
  }
}

function toStream(content: FileToPack["content"]): ReadableStream<Uint8Array> {
  const pieces = piecesOf(content);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}

async function* piecesOf(content: FileToPack["content"]): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder();
  const pieces = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
  for await (const piece of pieces) yield typeof piece === "string" ? encoder.encode(piece) : piece;
}
