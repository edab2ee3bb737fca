import { expect, test } from "vitest";
import { compareFigures } from "./compare-figures.ts";

test.each([
  [112, 100, "more 12"],
  [88, 100, "less 12"],
  [100, 100, "same 0"],
  [420, 100, "times 4.2"],
  [2000, 100, "times 20"],
  [0, 100, "less 100"],
])("%d after %d is told as %s", (current, before, told) => {
  const change = compareFigures(current, before);
  expect(`${change?.kind} ${change?.amount}`).toBe(told);
});

test("there is no comparing with nothing", () => expect(compareFigures(5, 0)).toBeNull());
