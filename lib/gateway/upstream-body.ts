/** Resolves after `ms`, or rejects when the signal aborts. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<unknown>;

export interface BegunBody {
  first: Promise<IteratorResult<Uint8Array>>;
  iterator: AsyncIterator<Uint8Array>;
}

/** Made once: an abort without a reason makes an exception of its own for every call. */
const waitIsOver = new Error("The wait for the first byte is over.");

/** A body once its first byte is there (or late), null when it is empty. */
export async function withFirstByte(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  delay: Delay,
  graceMs: number,
): Promise<BegunBody | null> {
  const iterator = body[Symbol.asyncIterator]();
  const first = iterator.next();
  const grace = new AbortController();
  const giveUp = () => grace.abort(waitIsOver);
  signal.addEventListener("abort", giveUp, { once: true });
  if (signal.aborted) giveUp();
  const late = delay(graceMs, grace.signal).then(
    () => null,
    () => null,
  );
  const arrived = await Promise.race([first, late]).finally(() => {
    signal.removeEventListener("abort", giveUp);
    giveUp();
  });
  return arrived?.done ? null : { first, iterator };
}

/** The whole of a begun body. */
export async function* resume({ first, iterator }: BegunBody): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await first; !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

const maxErrorBodyBytes = 64 * 1024;

/** At most 64 KiB of a body, as text. */
export async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxErrorBodyBytes) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}
