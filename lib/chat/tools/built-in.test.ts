import { describe, expect, test } from "vitest";
import { builtInTools } from "./built-in.ts";
import type { ToolHost } from "./host.ts";
import { runJobInThread } from "./threads.ts";

const calls: { url: string; init: RequestInit | undefined }[] = [];

function hostOf(answers: Record<string, () => Response>, more: Partial<ToolHost> = {}): ToolHost {
  calls.length = 0;
  return {
    log: { warn: () => undefined, error: () => undefined },
    now: () => Date.UTC(2026, 10, 24, 12, 4, 45),
    runJob: runJobInThread,
    fetch: async (url, init) => {
      calls.push({ url: String(url), init });
      const answer = Object.entries(answers).find(([start]) => String(url).startsWith(start))?.[1];
      if (!answer) throw new Error(`Nothing answers at ${url}.`);
      return answer();
    },
    search: null,
    ...more,
  };
}

async function run(name: string, input: unknown, host = hostOf({})): Promise<unknown> {
  const tool = builtInTools.find((candidate) => candidate.name === name)?.toTool(host);
  return tool?.execute?.(input, { toolCallId: "c", messages: [], context: {} });
}

describe("built-in tools", () => {
  test.each([
    ["calculator", { formula: "1" }, "expression: "],
    ["current_time", { time_zones: [] }, "time_zones: "],
    ["fetch_page", { url: "ftp://x.test" }, "url: "],
    ["chart", { type: "pie", labels: ["a"], series: [{ name: "n", values: [-1] }] }, "no negative slices"],
    ["chart", { type: "bar", labels: ["a"], series: [{ name: "n", values: [1, 2] }] }, "must have 1 values"],
  ])("%s refuses arguments that break its schema, and says which", async (name, input, reason) => {
    await expect(run(name, input)).rejects.toThrow(reason);
  });

  test("an error of ours is logged and told without its details", async () => {
    const host = hostOf({}, { runJob: () => Promise.reject(new Error("/secret/path")) });
    await expect(run("calculator", { expression: "1" }, host)).rejects.toThrow(
      "It failed because of an error in this server.",
    );
  });

  test("a result that is too large is refused", async () => {
    const host = hostOf({
      "https://x.test": () => new Response("[]", { headers: { "content-type": "image/png" } }),
    });
    await expect(run("fetch_page", { url: "https://x.test/a" }, host)).rejects.toThrow(
      "no text but image/png",
    );
    await expect(run("calculator", { expression: "10^5001 + 0" })).rejects.toThrow("too long to show");
  });
});

describe("current_time", () => {
  test("gives each zone's own time and offset", async () => {
    expect(await run("current_time", { time_zones: ["Asia/Tokyo", "UTC", "America/St_Johns"] })).toEqual({
      times: [
        {
          timeZone: "Asia/Tokyo",
          local: "Tuesday, 24 November 2026 at 21:04:45",
          iso: "2026-11-24T21:04:45+09:00",
        },
        { timeZone: "UTC", local: "Tuesday, 24 November 2026 at 12:04:45", iso: "2026-11-24T12:04:45+00:00" },
        {
          timeZone: "America/St_Johns",
          local: "Tuesday, 24 November 2026 at 08:34:45",
          iso: "2026-11-24T08:34:45-03:30",
        },
      ],
    });
  });

  test("converts a moment across a change of clocks, and refuses unknown zones", async () => {
    const summer = { time_zones: ["Europe/Berlin"], at: "2026-07-01T00:30:00+09:00" };
    expect(await run("current_time", summer)).toMatchObject({
      times: [{ iso: "2026-06-30T17:30:00+02:00" }],
    });
    await expect(run("current_time", { time_zones: ["Moon/Base"] })).rejects.toThrow(
      "Moon/Base is not the name",
    );
  });
});

describe("fetch_page", () => {
  const page =
    (body: string, type = "text/html") =>
    () =>
      new Response(body, { headers: { "content-type": type } });

  test("gives the readable text of a page without its scripts and navigation", async () => {
    const paragraphs =
      "<p>Apples grow on trees, and trees grow in orchards, as everybody knows well.</p>".repeat(12);
    const html = `<html><head><title>Apples</title><script>steal()</script></head><body><nav><a href="/">Home</a></nav><article><h1>Apples</h1>${paragraphs}</article></body></html>`;
    const found = await run(
      "fetch_page",
      { url: "https://x.test/a" },
      hostOf({ "https://x.test": page(html) }),
    );
    expect(found).toMatchObject({
      title: "Apples",
      text: expect.stringContaining("Apples grow on trees"),
      truncated: false,
    });
    expect(JSON.stringify(found)).not.toMatch(/steal|Home/);
  });

  test("cuts what is long, and names a page without text", async () => {
    const long = hostOf({ "https://x.test": page("x".repeat(50_000), "text/plain") });
    expect(await run("fetch_page", { url: "https://x.test/" }, long)).toMatchObject({ truncated: true });
    const bare = hostOf({ "https://x.test": page("<html><body><script>app()</script></body></html>") });
    await expect(run("fetch_page", { url: "https://x.test/" }, bare)).rejects.toThrow("holds no text");
  });
});

describe("weather and search", () => {
  test("weather finds the place and its forecast", async () => {
    const host = hostOf({
      "https://geocoding-api.open-meteo.com": () =>
        Response.json({ results: [{ name: "Tokyo", country: "Japan", latitude: 35.7, longitude: 139.7 }] }),
      "https://api.open-meteo.com": () =>
        Response.json({
          timezone: "Asia/Tokyo",
          current: {
            time: "2026-11-24T21:00",
            temperature_2m: 11.2,
            apparent_temperature: 9.9,
            relative_humidity_2m: 60,
            wind_speed_10m: 8.4,
            weather_code: 61,
          },
          daily: {
            time: ["2026-11-24"],
            weather_code: [95],
            temperature_2m_max: [14],
            temperature_2m_min: [null],
            precipitation_probability_max: [80],
          },
        }),
    });
    expect(await run("weather", { location: "Tokyo" }, host)).toMatchObject({
      place: "Tokyo, Japan",
      current: { sky: "rain", temperatureC: 11.2 },
      days: [{ sky: "thunderstorm", highC: 14, lowC: null, rainChancePercent: 80 }],
    });
    const nowhere = hostOf({ "https://geocoding": () => Response.json({}) });
    await expect(run("weather", { location: "Xyzzy" }, nowhere)).rejects.toThrow("No place named Xyzzy");
  });

  test("search is offered only with a provider, and gives what it found without markup", async () => {
    const search = builtInTools.find(({ name }) => name === "web_search");
    expect(search?.isAvailable(hostOf({}))).toBe(false);
    const host = hostOf(
      {
        "https://api.search.brave.com": () =>
          Response.json({
            web: { results: [{ title: "A", url: "https://a.test", description: "<b>b</b> c" }] },
          }),
      },
      { search: { provider: "brave", apiKey: "k" } },
    );
    expect(search?.isAvailable(host)).toBe(true);
    expect(await run("web_search", { query: "a" }, host)).toEqual({
      results: [{ title: "A", url: "https://a.test", snippet: "b c" }],
    });
    expect(new Headers(calls[0]?.init?.headers).get("x-subscription-token")).toBe("k");
  });
});
