import type { Outcome, Settled } from "#lib/usage/settlement.ts";

export interface Settler {
  /** Settles once; null when it was settled already, or when the database failed and it will be tried again. */
  settle(requestId: string, outcome: Outcome): Promise<Settled | null>;
  /** Tries again what the database did not take. */
  retry(): Promise<void>;
}

const maxHeld = 10_000;

/**
 * Settles through `write`, and keeps what it could not write, so that a database which is away for a while costs neither the
 * client its answer nor the operator the record. Beyond 10,000 held the oldest is left to the sweep of abandoned requests.
 */
export function createSettler(
  write: (requestId: string, outcome: Outcome) => Promise<Settled | null>,
  onFailure: (requestId: string, error: unknown) => void,
): Settler {
  const held = new Map<string, Outcome>();

  return {
    async settle(requestId, outcome) {
      try {
        return await write(requestId, outcome);
      } catch (error) {
        onFailure(requestId, error);
        const [oldest] = held.keys();
        if (held.size >= maxHeld && oldest !== undefined) held.delete(oldest);
        held.set(requestId, outcome);
        return null;
      }
    },
    async retry() {
      for (const [requestId, outcome] of [...held]) {
        await write(requestId, outcome);
        held.delete(requestId);
      }
    },
  };
}
