import { describe, expect, test } from "vitest";
import { readUsageQuery } from "./usage-query.ts";

const now = new Date("2026-05-20T10:30:00Z");
const read = (query: string) => readUsageQuery(new URLSearchParams(query), now);
const second = (time: string) => Date.parse(time) / 1000;

describe("the query of /v1/usage", () => {
  test("left out, it is the last 30 days by day, ungrouped", () => {
    expect(read("")).toEqual({
      from: new Date("2026-04-20T10:30:00Z"),
      to: now,
      width: "1d",
      groupBy: [],
      limit: 92,
    });
  });

  test("groups come repeated, in brackets or separated by commas", () => {
    expect(read("group_by=model&group_by=key").groupBy).toEqual(["model", "key"]);
    expect(read("group_by[]=tag&group_by[]=tag").groupBy).toEqual(["tag"]);
    expect(read("group_by=model,source").groupBy).toEqual(["model", "source"]);
  });

  test("a page begins at a bucket inside the range", () => {
    const range = `start_time=${second("2026-05-01T05:00:00Z")}&end_time=${second("2026-05-10T00:00:00Z")}`;
    const page = second("2026-05-04T00:00:00Z");
    expect(read(`${range}&page=${page}`).from).toEqual(new Date("2026-05-04T00:00:00Z"));
    for (const wrong of [page + 1, second("2026-05-01T00:00:00Z"), second("2026-05-10T00:00:00Z")]) {
      expect(() => read(`${range}&page=${wrong}`)).toThrow(expect.objectContaining({ param: "page" }));
    }
  });

  test.each([
    ["start_time=yesterday", "start_time"],
    ["start_time=-5", "start_time"],
    ["start_time=9999999999", "start_time"],
    ["start_time=1.5", "start_time"],
    ["start_time=", "start_time"],
    ["start_time=4000000000", "start_time"],
    ["end_time=abc", "end_time"],
    ["start_time=100&end_time=100", "end_time"],
    ["bucket_width=1w", "bucket_width"],
    ["group_by=color", "group_by"],
    ["limit=0", "limit"],
    ["limit=93", "limit"],
    ["bucket_width=1mo&limit=37", "limit"],
    ["page=x", "page"],
    ["limit=1&limit=2", "limit"],
    ["bucket_widht=1h", "bucket_widht"],
    ["__proto__=1", "__proto__"],
  ])("%s is refused, naming the parameter", (query, param) => {
    expect(() => read(query)).toThrow(
      expect.objectContaining({
        code: "invalid_request",
        param,
        message: expect.stringContaining(`\`${param}\``),
      }),
    );
  });
});
