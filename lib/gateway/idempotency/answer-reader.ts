import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { Db } from "#lib/db/client.ts";
import type { CallRun } from "./call-run.ts";
import { createSealer } from "./sealer.ts";
import { readAnswer, type StoredAnswer } from "./store.ts";

/** What is there of an answer after a position. */
export interface AnswerPart {
  /** Null until the answer has begun. */
  head: { httpStatus: number; headers: Record<string, string> } | null;
  bytes: Buffer;
  /** The position after these bytes. */
  next: number;
  state: StoredAnswer["state"];
}

export interface AnswerReader {
  /** Reads after `waitMs`. Those who wait at the same position share one look. Null when the run gave up its key, or died. */
  read(run: CallRun, after: number, waitMs: number): Promise<AnswerPart | null>;
}

const headersSchema = z.record(z.string(), z.string());

export function createAnswerReader(db: Db, secret: string): AnswerReader {
  const looks = new Map<string, Promise<AnswerPart | null>>();

  async function look(run: CallRun, after: number, waitMs: number): Promise<AnswerPart | null> {
    if (waitMs > 0) await delay(waitMs);
    const stored = await readAnswer(db, run, after);
    return stored && unseal(secret, run, after, stored);
  }

  return {
    read(run, after, waitMs) {
      const place = `${run.id} ${run.requestId} ${after}`;
      const shared = looks.get(place);
      if (shared) return shared;
      const begun = look(run, after, waitMs).finally(() => looks.delete(place));
      looks.set(place, begun);
      return begun;
    },
  };
}

function unseal(secret: string, run: CallRun, after: number, stored: StoredAnswer): AnswerPart {
  const sealer = createSealer(secret, run);
  const openHeaders = (sealed: string) =>
    headersSchema.parse(JSON.parse(sealer.open(0, Buffer.from(sealed, "base64")).toString("utf8")));
  return {
    head: stored.head && {
      httpStatus: stored.head.httpStatus,
      headers: openHeaders(stored.head.sealedHeaders),
    },
    bytes: Buffer.concat(stored.pieces.map(({ seq, sealed }) => sealer.open(seq, sealed))),
    next: stored.pieces.at(-1)?.seq ?? after,
    state: stored.state,
  };
}
