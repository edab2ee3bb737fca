import { describe, expect, test } from "vitest";
import { runJobInThread } from "./threads.ts";

const never = new AbortController().signal;

describe("jobs in threads", () => {
  test("give what they come to", async () => {
    await expect(runJobInThread("calculator", "2^10", { signal: never, timeoutMs: 10_000 })).resolves.toEqual(
      {
        result: "1024",
        exact: true,
      },
    );
  });

  test("follow each other in one thread, and a wrong or endless one leaves nothing to the next", async () => {
    const limits = { signal: never, timeoutMs: 60_000 };
    const calculate = (expression: string) => runJobInThread("calculator", expression, limits);
    await calculate("leftOver = 5");
    await expect(calculate("leftOver")).rejects.toThrow("Undefined symbol leftOver");
    await expect(
      runJobInThread("calculator", "sum(1:10^9)", { signal: never, timeoutMs: 1_500 }),
    ).rejects.toThrow(/longer than 1.5 s|memory/);
    await expect(Promise.all(["1 + 1", "2 + 2", "3 + 3"].map(calculate))).resolves.toMatchObject([
      { result: "2" },
      { result: "4" },
      { result: "6" },
    ]);
  }, 60_000);

  test("that run without end are ended in time", async () => {
    const limits = { signal: never, timeoutMs: 1_500 };
    await expect(runJobInThread("calculator", "sum(1:10^9)", limits)).rejects.toThrow(
      /longer than 1.5 s|memory/,
    );
  });

  test("that take all memory are ended, and the process lives on", async () => {
    const limits = { signal: never, timeoutMs: 60_000 };
    await expect(runJobInThread("calculator", "ones(20000, 20000)", limits)).rejects.toThrow("more memory");
  }, 60_000);

  test("end when they are stopped", async () => {
    const stop = new AbortController();
    const job = runJobInThread("calculator", "sum(1:10^9)", { signal: stop.signal, timeoutMs: 60_000 });
    stop.abort(new Error("stopped"));
    await expect(job).rejects.toThrow("stopped");
    await expect(
      runJobInThread("calculator", "1", { signal: stop.signal, timeoutMs: 60_000 }),
    ).rejects.toThrow("stopped");
  });
});
