import { describe, expect, it } from "vitest";
import { formatMoment, formatTimeAgo } from "./format-time-ago.ts";

const now = Date.UTC(2026, 10, 22, 17, 4, 9);
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe("formatTimeAgo", () => {
  it.each([
    [-5 * minute, "just now"],
    [0, "just now"],
    [44 * second, "just now"],
    [45 * second, "1 min ago"],
    [59 * minute, "59 min ago"],
    [hour, "1 h ago"],
    [23 * hour, "23 h ago"],
    [day, "1 day ago"],
    [6 * day, "6 days ago"],
    [7 * day, "15 Nov"],
    [365 * day, "22 Nov 2025"],
  ])("%i ms ago reads %s", (ageMs, words) => {
    expect(formatTimeAgo(new Date(now - ageMs), now, "UTC")).toBe(words);
  });

  it("takes the date from the zone it is given", () => {
    const lateEvening = new Date(Date.UTC(2026, 10, 1, 23, 30));
    expect(formatTimeAgo(lateEvening, now, "UTC")).toBe("1 Nov");
    expect(formatTimeAgo(lateEvening, now, "Asia/Tokyo")).toBe("2 Nov");
  });
});

describe("formatMoment", () => {
  it("names the second and the zone", () => {
    expect(formatMoment(new Date(now), "UTC")).toBe("22 Nov 2026, 17:04:09 UTC");
  });
});
