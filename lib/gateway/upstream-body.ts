/** Resolves after `ms`, or rejects when the signal aborts. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<unknown>;

export interface BegunBody {
  first: Promise<IteratorResult<Uint8Array>>;
  iterator: AsyncIterator<Uint8Array>;
}

function nextTurn(): Promise<null> {
  return new Promise((resolve) => setImmediate(resolve, null));
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
  // Mostly it came with the headers, and then no timer has to be set.
  const atOnce = await Promise.race([first, nextTurn()]);
  if (atOnce) return atOnce.done ? null : { first, iterator };
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

/** The whole of a begun body. Not a generator, which would cost every piece several promises more. */
export function resume({ first, iterator }: BegunBody): AsyncIterable<Uint8Array> {
  let begun: BegunBody["first"] | null = first;
  const resumed: AsyncIterator<Uint8Array> = {
    next() {
      const next = begun ?? iterator.next();
      begun = null;
      return next;
    },
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
  };
  return { [Symbol.asyncIterator]: () => resumed };
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
