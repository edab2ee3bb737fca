import { describe, expect, it } from "vitest";
import { formatMoment, formatTimeAgo } from "./format-time-ago.ts";

const now = Date.UTC(2026, 10, 22, 17, 4, 9);
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe("formatTimeAgo", () => {
  it.each([
    [-5 * minute, "now", "现在"],
    [0, "now", "现在"],
    [44 * second, "now", "现在"],
    [45 * second, "1 min ago", "1分钟前"],
    [59 * minute, "59 min ago", "59分钟前"],
    [hour, "1 hr ago", "1小时前"],
    [23 * hour, "23 hr ago", "23小时前"],
    [day, "1 day ago", "1天前"],
    [6 * day, "6 days ago", "6天前"],
    [7 * day, "15 Nov", "11月15日"],
    [365 * day, "22 Nov 2025", "2025年11月22日"],
  ])("%i ms ago reads %s and %s", (ageMs, english, chinese) => {
    expect(formatTimeAgo(new Date(now - ageMs), now, "en", "UTC")).toBe(english);
    expect(formatTimeAgo(new Date(now - ageMs), now, "zh-CN", "UTC")).toBe(chinese);
  });

  it("takes the date from the zone it is given", () => {
    const lateEvening = new Date(Date.UTC(2026, 10, 1, 23, 30));
    expect(formatTimeAgo(lateEvening, now, "en", "UTC")).toBe("1 Nov");
    expect(formatTimeAgo(lateEvening, now, "en", "Asia/Tokyo")).toBe("2 Nov");
  });
});

describe("formatMoment", () => {
  it("names the second and the zone", () => {
    expect(formatMoment(new Date(now), "en", "UTC")).toBe("22 Nov 2026, 17:04:09 UTC");
    expect(formatMoment(new Date(now), "zh-CN", "UTC")).toBe("2026年11月22日 UTC 17:04:09");
  });
});
