import fc from "fast-check";
import { expect, test } from "vitest";
import { placeBeside } from "./place-beside.ts";

const view = { width: 1_000, height: 700 };
const size = { width: 120, height: 28 };

test("it stands on the wished side, centred, a little apart", () => {
  const anchor = { left: 400, top: 300, width: 40, height: 40 };
  expect(placeBeside(anchor, size, "top", view)).toEqual({ left: 360, top: 266 });
  expect(placeBeside(anchor, size, "bottom", view)).toEqual({ left: 360, top: 346 });
  expect(placeBeside(anchor, size, "right", view)).toEqual({ left: 446, top: 306 });
  expect(placeBeside(anchor, size, "left", view)).toEqual({ left: 274, top: 306 });
});

test("where there is no room it changes sides", () => {
  expect(placeBeside({ left: 400, top: 4, width: 40, height: 40 }, size, "top", view).top).toBe(50);
  expect(placeBeside({ left: 4, top: 300, width: 40, height: 40 }, size, "left", view).left).toBe(50);
});

test("it is always whole within the window", () => {
  const at = fc.record({
    left: fc.integer({ min: 0, max: 960 }),
    top: fc.integer({ min: 0, max: 660 }),
    width: fc.constant(40),
    height: fc.constant(40),
  });
  fc.assert(
    fc.property(at, fc.constantFrom("top", "right", "bottom", "left"), (anchor, side) => {
      const { left, top } = placeBeside(anchor, size, side, view);
      expect(left).toBeGreaterThanOrEqual(8);
      expect(top).toBeGreaterThanOrEqual(8);
      expect(left + size.width).toBeLessThanOrEqual(view.width - 8);
      expect(top + size.height).toBeLessThanOrEqual(view.height - 8);
    }),
  );
});
