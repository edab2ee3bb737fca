import { describe, expect, test } from "vitest";
import { parseConfig } from "./config.ts";

describe("parseConfig", () => {
  test("nothing configured gives the documented defaults", () => {
    expect(parseConfig({})).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      databaseUrl: null,
      upstreams: { configured: [], timeouts: { connectMs: 5_000, firstByteMs: 120_000 }, failoverMs: 15_000 },
      role: "all",
      limits: { trialRequestsPerDay: 100, trialRequestsPerMinute: 60, paidRequestsPerMinute: 600 },
    });
  });

  test("an empty value counts as unset", () => {
    expect(parseConfig({ PORT: "", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test("a trailing slash of a base URL is dropped", () => {
    expect(
      parseConfig({ UPSTREAM_BASE_URL: "http://127.0.0.1:9/v1/" }).upstreams.configured[0]?.baseUrl,
    ).toBe("http://127.0.0.1:9/v1");
  });

  test.each([
    [{ PORT: "eighty" }, /PORT.*whole number/],
    [{ PORT: "70000" }, /PORT/],
    [{ DATABASE_URL: "mysql://x" }, /DATABASE_URL.*postgresql:/],
    [{ UPSTREAM_BASE_URL: "ftp://x" }, /UPSTREAM_BASE_URL.*http/],
    [{ AUTH_SECRET: "short" }, /AUTH_SECRET.*32/],
    [{ ROLE: "web", DATABASE_URL: "postgres://x/y" }, /GATEWAY_URL/],
    [{ ROLE: "web", GATEWAY_URL: "http://x" }, /DATABASE_URL/],
  ])("%o is refused with a sentence that names the setting", (environment, message) => {
    expect(() => parseConfig(environment)).toThrow(message);
  });

  const entry = { name: "a", baseUrl: "http://127.0.0.1:9/v1" };
  test.each([
    ["{", /not valid JSON/],
    ["[]", /at least one entry/],
    [[{ ...entry, baseUrl: "ftp://x" }], /\[0\]\.baseUrl must be an http/],
    [[entry, { ...entry, name: "B 2" }], /\[1\]\.name must be 1 to 40/],
    [[entry, entry], /two entries of one name/],
    [[{ ...entry, apiKeyEnv: "NO_SUCH_KEY" }], /\[0\]\.apiKeyEnv names NO_SUCH_KEY, which is not set/],
    [[{ ...entry, apiKey: "sk-1", apiKeyEnv: "KEY" }], /\[0\]\.apiKeyEnv must not stand beside apiKey/],
    [[{ ...entry, timeouts: { firstByteMs: 0 } }], /\[0\]\.timeouts\.firstByteMs/],
    [[{ ...entry, modle: "k2" }], /modle/],
  ])("an upstreams file of %j is refused with a sentence that names the field", (file, message) => {
    const text = typeof file === "string" ? file : JSON.stringify(file);
    const environment = { UPSTREAMS_FILE: "/etc/upstreams.json" };
    expect(() => parseConfig(environment, () => text)).toThrow(message);
    expect(() => parseConfig(environment, () => text)).toThrow(
      /\/etc\/upstreams\.json that UPSTREAMS_FILE names/,
    );
  });

  test("an upstreams file that cannot be read, or stands beside UPSTREAM_BASE_URL, is refused", () => {
    expect(() => parseConfig({ UPSTREAMS_FILE: "/no/such/file" })).toThrow(/\/no\/such\/file/);
    const both = { UPSTREAMS_FILE: "a", UPSTREAM_BASE_URL: "http://127.0.0.1:9/v1" };
    expect(() => parseConfig(both)).toThrow(/both set/);
  });
});
