import type { Dispatcher } from "undici";

type Controller = Dispatcher.DispatchController;

/** A body that arrives: what has come is held until it is read. */
export interface ArrivingBody extends AsyncIterable<Uint8Array> {
  push(piece: Buffer): void;
  end(): void;
  fail(error: Error): void;
}

/** Above this the connection is read no further until what is held has been taken. */
const maxHeldBytes = 64 * 1024;

/** Pieces of a burst, closer together than this, are given out together: what one costs hardly depends on its size. */
const burstMs = 1;

/**
 * The bytes of an answer, for one reader, who gets all that has come since it last asked in one piece: the first one at once, and every
 * other one too unless the last was given within the millisecond. Leaving before the end gives up the connection. Made of one promise a
 * read: a stream of Node's with an iterator of its own takes several times as long.
 */
export function createArrivingBody(controller: Controller): ArrivingBody {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let ended = false;
  let failure: Error | null = null;
  let waiting: { resolve(next: IteratorResult<Uint8Array>): void; reject(error: Error): void } | null = null;
  let lastTakenMs = Number.NEGATIVE_INFINITY;
  /** One for all bursts of the body. */
  let burst: NodeJS.Timeout | null = null;
  let isBurst = false;

  function take(): Uint8Array {
    const [first, ...more] = held;
    const piece = first && more.length === 0 ? first : Buffer.concat(held, heldBytes);
    held = [];
    heldBytes = 0;
    lastTakenMs = performance.now();
    if (controller.paused) controller.resume();
    return piece;
  }

  /** Whether something is held that need not, or cannot, wait for more. */
  function isReady(): boolean {
    if (heldBytes === 0) return false;
    return ended || heldBytes >= maxHeldBytes || performance.now() - lastTakenMs >= burstMs;
  }

  function giveWhenReady(): void {
    if (!waiting || heldBytes === 0) return;
    if (isReady()) give();
    else if (!isBurst) {
      isBurst = true;
      burst = burst?.refresh() ?? setTimeout(give, burstMs);
    }
  }

  function give(): void {
    isBurst = false;
    if (heldBytes > 0) settle(({ resolve }) => resolve({ done: false, value: take() }));
  }

  function settle(act: (reader: NonNullable<typeof waiting>) => void): void {
    const reader = waiting;
    waiting = null;
    if (reader) act(reader);
  }

  function stop(): void {
    ended = true;
    if (burst) clearTimeout(burst);
    burst = null;
    give();
  }

  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      if (isReady()) return Promise.resolve({ done: false, value: take() });
      if (failure) return Promise.reject(failure);
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        giveWhenReady();
      });
    },
    return() {
      if (!ended) controller.abort(new DOMException("The reader left.", "AbortError"));
      return Promise.resolve({ done: true, value: undefined });
    },
  };

  return {
    [Symbol.asyncIterator]: () => iterator,
    push(piece) {
      if (piece.length === 0) return;
      held.push(piece);
      heldBytes += piece.length;
      if (heldBytes >= maxHeldBytes) controller.pause();
      giveWhenReady();
    },
    end() {
      stop();
      settle(({ resolve }) => resolve({ done: true, value: undefined }));
    },
    fail(error) {
      failure = error;
      stop();
      settle(({ reject }) => reject(error));
    },
  };
}
