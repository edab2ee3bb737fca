import { setTimeout as delay } from "node:timers/promises";

/** How long a batch is held open for company, where the one before had some. */
const gatherMs = 1;

/**
 * Joins calls that come while another batch runs: one batch at a time, of at most `maxItems`, in the order they came. Under load a
 * batch waits a moment for more, since its cost hardly grows with its size; a call that comes alone never waits. A batch
 * that fails is run again item by item, so that one item cannot fail the others; the error of an item alone is its caller's.
 */
export function createBatcher<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  maxItems: number,
): (item: Item) => Promise<Result> {
  interface Waiting {
    item: Item;
    resolve(result: Result): void;
    reject(error: unknown): void;
  }
  let waiting: Waiting[] = [];
  let busy = false;

  async function runTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item));
      if (results.length !== batch.length)
        throw new Error("A batch gave another number of results than items.");
      results.forEach((result, index) => {
        batch[index]?.resolve(result);
      });
    } catch (error) {
      const [first, ...more] = batch;
      if (more.length === 0) first?.reject(error);
      else for (const each of batch) await runTogether([each]);
    }
  }

  async function work(): Promise<void> {
    let crowded = false;
    while (waiting.length > 0) {
      if (crowded) await delay(gatherMs);
      const batch = waiting.slice(0, maxItems);
      waiting = waiting.slice(maxItems);
      crowded = batch.length > 1;
      await runTogether(batch);
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Started after this turn of the event loop, so that what arrives in it goes together.
      if (!busy) {
        busy = true;
        setImmediate(() => void work());
      }
    });
}
