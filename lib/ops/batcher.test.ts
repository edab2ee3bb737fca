import { describe, expect, test } from "vitest";
import { createBatcher } from "./batcher.ts";

/** A run that is held until told. */
function heldRun() {
  const batches: { items: readonly number[]; finish(): void; fail(error: Error): void }[] = [];
  const run = (items: readonly number[]) =>
    new Promise<readonly number[]>((resolve, reject) => {
      batches.push({ items, finish: () => resolve(items.map((item) => item * 10)), fail: reject });
    });
  const begun = async (count: number) => {
    while (batches.length < count) await new Promise((done) => setImmediate(done));
    const batch = batches[count - 1];
    if (!batch) throw new Error("No batch.");
    return batch;
  };
  return { run, begun, batches };
}

describe("a batcher", () => {
  test("runs together what comes together, and what comes meanwhile in the next batch", async () => {
    const { run, begun, batches } = heldRun();
    const add = createBatcher(run, 100);
    const early = [add(1), add(2)];
    const first = await begun(1);
    expect(first.items).toEqual([1, 2]);
    const late = [add(3), add(4), add(5)];
    first.finish();
    expect(await Promise.all(early)).toEqual([10, 20]);
    (await begun(2)).finish();
    expect(await Promise.all(late)).toEqual([30, 40, 50]);
    expect(batches.map(({ items }) => items)).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  test("keeps a batch within its size, in order", async () => {
    const sizes: number[] = [];
    const add = createBatcher(async (items: readonly number[]) => {
      sizes.push(items.length);
      return items;
    }, 4);
    const results = await Promise.all(Array.from({ length: 10 }, (_, index) => add(index)));
    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(sizes).toEqual([4, 4, 2]);
  });

  test("an item that fails alone fails only its caller; the batcher goes on", async () => {
    const add = createBatcher(async (items: readonly number[]) => {
      if (items.includes(2)) throw new Error("two is bad");
      return items;
    }, 10);
    const results = await Promise.allSettled([add(1), add(2), add(3)]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: new Error("two is bad") });
    expect(await add(4)).toBe(4);
  });

  test("a run that loses a result fails instead of mixing callers up", async () => {
    const add = createBatcher(async (items: readonly number[]) => items.slice(1), 10);
    await expect(add(1)).rejects.toThrow("another number of results");
  });
});
