import type pg from "pg";
import { type NamedStatement, runJoined, type TextRow } from "./joined-statements.ts";

/** Runs statements as one transaction and gives the rows of each. */
export type Line = (statements: readonly NamedStatement[]) => Promise<TextRow[][]>;

interface Held {
  client: Promise<pg.PoolClient>;
  underWay: number;
  failed: boolean;
}

/** Whoever waits for an answer on a connection that breaks is told; the client's own event would end the process. */
const ignore = () => undefined;

async function take(pool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pool.connect();
  return client.on("error", ignore);
}

/**
 * Transactions on one connection of the pool, each sent without waiting for those before it: PostgreSQL goes from one to the next without
 * a round trip between. The connection goes back to the pool when none is under way; after a failure it is given no more and is
 * closed then.
 */
export function createLine(pool: pg.Pool): Line {
  let current: Held | null = null;

  function end(held: Held): void {
    held.underWay -= 1;
    if (held.underWay > 0) return;
    if (current === held) current = null;
    // One that was never had is not given back; whoever asked for it was told.
    held.client.then(
      (client) => {
        client.off("error", ignore);
        client.release(held.failed);
      },
      () => undefined,
    );
  }

  return async (statements) => {
    current ??= { client: take(pool), underWay: 0, failed: false };
    const held = current;
    held.underWay += 1;
    try {
      return await runJoined(await held.client, statements);
    } catch (error) {
      held.failed = true;
      if (current === held) current = null;
      throw error;
    } finally {
      end(held);
    }
  };
}
