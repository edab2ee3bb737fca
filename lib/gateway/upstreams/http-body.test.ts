import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createArrivingBody } from "./http-body.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function arriving() {
  const controller = {
    aborted: false,
    paused: false,
    reason: null,
    rawHeaders: null,
    rawTrailers: null,
    abort: vi.fn(),
    pause: vi.fn(() => {
      controller.paused = true;
    }),
    resume: vi.fn(() => {
      controller.paused = false;
    }),
  };
  const body = createArrivingBody(controller);
  const iterator = body[Symbol.asyncIterator]();
  const seen: string[] = [];
  const read = async () => {
    for (let next = await iterator.next(); !next.done; next = await iterator.next())
      seen.push(Buffer.from(next.value).toString("utf8"));
    seen.push("end");
  };
  return { body, controller, seen, reading: read(), push: (text: string) => body.push(Buffer.from(text)) };
}

const turn = () => vi.advanceTimersByTimeAsync(0);

test("the first piece is given at once, those of a burst together within a millisecond, later ones at once again", async () => {
  const { push, seen } = arriving();
  push("a");
  await turn();
  expect(seen).toEqual(["a"]);
  for (const piece of ["b", "c", "d"]) {
    push(piece);
    await turn();
  }
  expect(seen).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(seen).toEqual(["a", "bcd"]);
  await vi.advanceTimersByTimeAsync(5);
  push("e");
  await turn();
  expect(seen).toEqual(["a", "bcd", "e"]);
});

test("a burst that goes on is given piece by piece", async () => {
  const { push, seen } = arriving();
  for (let piece = 0; piece < 100; piece++) {
    push(".");
    await vi.advanceTimersByTimeAsync(0.25);
  }
  expect(seen.length).toBeGreaterThan(10);
});

test("what a burst holds is given when the body ends, and nothing after that", async () => {
  const { body, push, seen, reading } = arriving();
  push("a");
  await turn();
  push("b");
  body.end();
  await reading;
  expect(seen).toEqual(["a", "b", "end"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("what a burst holds is given before the failure that ends it is told", async () => {
  const { body, push, seen, reading } = arriving();
  const failed = expect(reading).rejects.toThrow("broken");
  push("a");
  await turn();
  push("b");
  body.fail(new Error("broken"));
  await failed;
  expect(seen).toEqual(["a", "b"]);
});

test("much is given without waiting, and the connection is read on once it was taken", async () => {
  const { push, seen, controller } = arriving();
  push("a");
  await turn();
  push("x".repeat(70_000));
  await turn();
  expect(seen.map((piece) => piece.length)).toEqual([1, 70_000]);
  expect(controller.resume).toHaveBeenCalledOnce();
});
