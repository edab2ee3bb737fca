import type { UpstreamTimeouts } from "#lib/ops/upstream-settings.ts";
import { ApiError } from "#lib/wire/errors.ts";
import type { Upstream } from "./upstream.ts";

export type TimeLimits = Omit<UpstreamTimeouts, "connectMs">;

/** An upstream took longer than it may. */
export class UpstreamTimeout extends ApiError {
  readonly limit: "firstByte" | "idle" | "total";

  constructor(limit: UpstreamTimeout["limit"], what: string) {
    super("upstream_timeout", `The upstream ${what}.`);
    this.limit = limit;
  }
}

/** The same upstream, given up with `upstream_timeout` when it takes too long, and left at once when the call's signal aborts. */
export function withTimeLimits(upstream: Upstream, limits: TimeLimits): Upstream {
  return {
    name: upstream.name,
    async send(call) {
      const firstByteMs = Math.min(limits.firstByteMs, call.firstByteMs ?? limits.firstByteMs);
      const watch = startWatch(call.signal, { ...limits, firstByteMs }, call.stream);
      try {
        const answer = await watch.race(upstream.send({ ...call, signal: watch.signal }));
        return { ...answer, body: watch.guard(answer.body) };
      } catch (error) {
        watch.stop();
        throw error;
      }
    },
  };
}

/** One call's timers. Each wait is raced against them, so that a body which ignores its signal cannot hold the call. */
function startWatch(outer: AbortSignal, limits: TimeLimits, stream: boolean) {
  const controller = new AbortController();
  let rejectWait: ((reason: unknown) => void) | null = null;

  const abort = (reason: unknown) => {
    stop();
    controller.abort(reason);
    rejectWait?.(reason);
  };
  const timeout = (limit: UpstreamTimeout["limit"], what: string) => () =>
    abort(new UpstreamTimeout(limit, what));
  const onOuterAbort = () => abort(outer.reason);
  const total = setTimeout(
    timeout("total", `did not finish within ${limits.totalMs / 1000} s`),
    limits.totalMs,
  );
  let quiet = stream
    ? setTimeout(
        timeout("firstByte", `sent nothing within ${limits.firstByteMs / 1000} s`),
        limits.firstByteMs,
      )
    : null;
  let waitsForFirstByte = true;

  function stop(): void {
    clearTimeout(total);
    if (quiet) clearTimeout(quiet);
    outer.removeEventListener("abort", onOuterAbort);
  }

  function sawBytes(): void {
    if (!quiet || controller.signal.aborted) return;
    if (!waitsForFirstByte) {
      quiet.refresh();
      return;
    }
    waitsForFirstByte = false;
    clearTimeout(quiet);
    quiet = setTimeout(
      timeout("idle", `went silent for ${limits.idleMs / 1000} s in its answer`),
      limits.idleMs,
    );
  }

  function race<T>(work: Promise<T>, onResult?: (result: T) => void, onFailure?: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      rejectWait = reject;
      work.then(
        (result) => {
          onResult?.(result);
          resolve(result);
        },
        (error: unknown) => {
          onFailure?.();
          reject(error);
        },
      );
      if (controller.signal.aborted) reject(controller.signal.reason);
    });
  }

  if (outer.aborted) abort(outer.reason);
  else outer.addEventListener("abort", onOuterAbort, { once: true });

  return {
    signal: controller.signal,
    race,
    stop,
    guard: (body: AsyncIterable<Uint8Array>) => guardBody(body, { race, sawBytes, stop, abort }),
  };
}

interface BodyWatch {
  race<T>(work: Promise<T>, onResult: (result: T) => void, onFailure: () => void): Promise<T>;
  sawBytes(): void;
  stop(): void;
  abort(reason: unknown): void;
}

/** Not a generator: one would cost every piece of every stream several promises more. */
function guardBody(body: AsyncIterable<Uint8Array>, watch: BodyWatch): AsyncIterable<Uint8Array> {
  const inner = body[Symbol.asyncIterator]();
  let over = false;
  const finish = () => {
    over = true;
    watch.stop();
  };
  const iterator: AsyncIterator<Uint8Array> = {
    next: () => watch.race(inner.next(), (next) => (next.done ? finish() : watch.sawBytes()), finish),
    return() {
      // Whoever stops reading before the end is done with the upstream, which may still be producing.
      if (!over) watch.abort(new DOMException("The reader left.", "AbortError"));
      over = true;
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
