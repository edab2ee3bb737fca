import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";
import { type BodyOwner, type BodyToKeep, keepBody } from "#lib/usage/store/request-bodies.ts";

export interface BodyKeeper {
  /** Keeps a call's bodies in a while; nobody waits for it, and what cannot be kept disturbs no call. */
  keep(owner: BodyOwner, kept: BodyToKeep): void;
  /** Resolves once all that was given is kept. */
  idle(): Promise<void>;
}

/** A database that is slow or away must not fill the memory with bodies. */
const mostWaiting = 100;
const atOnce = 2;

/** Writes bodies two at a time, so that the calls' own statements find connections. */
export function createBodyKeeper({ db, log, secret }: { db: Db; log: Logger; secret: string }): BodyKeeper {
  const waiting: { owner: BodyOwner; kept: BodyToKeep }[] = [];
  const writers = new Set<Promise<void>>();

  async function write(): Promise<void> {
    // After the answer has gone out.
    await new Promise((resolve) => setImmediate(resolve));
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { owner, kept } = next;
      await keepBody(db, secret, owner, kept).catch((error: unknown) => {
        log.warn({ err: error, requestId: owner.requestId }, "could not keep the bodies of a call");
      });
    }
  }

  return {
    keep(owner, kept) {
      if (waiting.length >= mostWaiting) {
        log.warn({ requestId: owner.requestId }, "too many bodies wait to be kept; this call's are left out");
        return;
      }
      waiting.push({ owner, kept });
      if (writers.size >= atOnce) return;
      const writer = write().finally(() => writers.delete(writer));
      writers.add(writer);
    },
    async idle() {
      while (writers.size > 0) await Promise.all(writers);
    },
  };
}
