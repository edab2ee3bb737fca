import fc from "fast-check";
import { expect, test } from "vitest";
import { fitWithin } from "./fit-within.ts";

const side = fc.integer({ min: 1, max: 60_000 });

test("no edge is longer than allowed or shorter than a pixel, and the long edge of a large picture is used whole", () => {
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 8_000 }), (width, height, longEdge) => {
      const fitted = fitWithin({ width, height }, longEdge);
      const long = Math.max(fitted.width, fitted.height);
      expect(long).toBe(Math.min(longEdge, Math.max(width, height)));
      expect(Math.min(fitted.width, fitted.height)).toBeGreaterThanOrEqual(1);
      // The proportions hold within the rounding of a pixel.
      const scale = long / Math.max(width, height);
      expect(Math.abs(fitted.width - Math.max(1, width * scale))).toBeLessThanOrEqual(0.5 + 1e-6);
      expect(Math.abs(fitted.height - Math.max(1, height * scale))).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});
