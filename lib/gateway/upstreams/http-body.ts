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

/**
 * The bytes of an answer, for one reader, who gets all that has come since it last asked in one piece. Leaving before the end gives
 * up the connection. Made of one promise a read: a stream of Node's with an iterator of its own takes several times as long.
 */
export function createArrivingBody(controller: Controller): ArrivingBody {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let ended = false;
  let failure: Error | null = null;
  let waiting: { resolve(next: IteratorResult<Uint8Array>): void; reject(error: Error): void } | null = null;

  function take(): Uint8Array {
    const [first, ...more] = held;
    const piece = first && more.length === 0 ? first : Buffer.concat(held, heldBytes);
    held = [];
    heldBytes = 0;
    if (controller.paused) controller.resume();
    return piece;
  }

  function settle(act: (reader: NonNullable<typeof waiting>) => void): void {
    const reader = waiting;
    waiting = null;
    if (reader) act(reader);
  }

  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      if (heldBytes > 0) return Promise.resolve({ done: false, value: take() });
      if (failure) return Promise.reject(failure);
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
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
      if (waiting) {
        settle(({ resolve }) => resolve({ done: false, value: piece }));
        return;
      }
      held.push(piece);
      heldBytes += piece.length;
      if (heldBytes >= maxHeldBytes) controller.pause();
    },
    end() {
      ended = true;
      settle(({ resolve }) => resolve({ done: true, value: undefined }));
    },
    fail(error) {
      ended = true;
      failure = error;
      settle(({ reject }) => reject(error));
    },
  };
}
