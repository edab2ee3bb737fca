import { expect, test } from "vitest";
import { projectMonth } from "./project-month.ts";

test("half a month's spend makes twice as much of the whole", () => {
  const projection = projectMonth({
    spentNanoUsd: 4_000n,
    budgetNanoUsd: 6_000n,
    now: new Date("2026-06-16T00:00Z"),
  });
  expect(projection).toMatchObject({ projectedNanoUsd: 8_000n, share: 133, tone: "warning" });
  expect(projection.endsAt).toEqual(new Date("2026-07-01T00:00Z"));
});

test("the first hour of a month is not taken for its pace, and a spent budget is told as such", () => {
  const now = new Date("2026-06-01T01:00Z");
  expect(projectMonth({ spentNanoUsd: 100n, budgetNanoUsd: 100n, now })).toMatchObject({
    projectedNanoUsd: 3_000n,
    tone: "danger",
  });
  expect(projectMonth({ spentNanoUsd: 100n, budgetNanoUsd: null, now })).toMatchObject({
    share: 0,
    tone: "accent",
  });
});
