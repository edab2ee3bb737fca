import type { FoundPayer } from "./admission-reads.ts";

/** Payers as a process last saw them, to guess by. A guess decides nothing: what it leads to is written only if it was right. */
export interface PayerMemory {
  recall(id: string): FoundPayer | null;
  remember(found: ReadonlyMap<string, FoundPayer>): void;
  /** After a wrong guess: somebody else moves these too, who are not guessed at for a while. */
  forget(ids: readonly string[]): void;
}

const maxRemembered = 10_000;
/** Versions of rows are 32-bit transaction numbers, which come round again, but not so soon. */
const rememberMs = 60_000;
const contestedMs = 1_000;

/** `now` is a clock in milliseconds that never goes back. */
export function createPayerMemory(now: () => number): PayerMemory {
  const remembered = new Map<string, { found: FoundPayer; untilMs: number }>();
  const contested = new Map<string, number>();

  function makeRoom(entries: Map<string, unknown>): void {
    const [oldest] = entries.keys();
    if (entries.size > maxRemembered && oldest !== undefined) entries.delete(oldest);
  }

  return {
    recall(id) {
      const entry = remembered.get(id);
      return entry && entry.untilMs >= now() ? entry.found : null;
    },
    remember(found) {
      const nowMs = now();
      for (const [id, each] of found) {
        if ((contested.get(id) ?? 0) > nowMs) continue;
        remembered.set(id, { found: each, untilMs: nowMs + rememberMs });
        makeRoom(remembered);
      }
    },
    forget(ids) {
      for (const id of ids) {
        remembered.delete(id);
        contested.set(id, now() + contestedMs);
        makeRoom(contested);
      }
    },
  };
}

/** For who admits without guessing. */
export const noMemory: PayerMemory = {
  recall: () => null,
  remember: () => undefined,
  forget: () => undefined,
};
