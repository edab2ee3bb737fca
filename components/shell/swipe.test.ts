import { expect, it } from "vitest";
import { railSwipe } from "./swipe.ts";

it.each([
  ["from the edge to the right", { x: 10, y: 300 }, { x: 120, y: 310 }, false, "open"],
  ["from the middle to the right", { x: 150, y: 300 }, { x: 300, y: 300 }, false, null],
  ["mostly down", { x: 10, y: 300 }, { x: 90, y: 400 }, false, null],
  ["hardly at all", { x: 10, y: 300 }, { x: 50, y: 300 }, false, null],
  ["to the left while open", { x: 250, y: 300 }, { x: 100, y: 290 }, true, "close"],
  ["to the right while open", { x: 10, y: 300 }, { x: 200, y: 300 }, true, null],
  ["to the left while closed", { x: 250, y: 300 }, { x: 20, y: 300 }, false, null],
] as const)("a swipe %s", (_, from, to, open, asked) => {
  expect(railSwipe(from, to, open)).toBe(asked);
});
