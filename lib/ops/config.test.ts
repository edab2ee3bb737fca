import { describe, expect, test } from "vitest";
import { parseConfig } from "./config.ts";

describe("parseConfig", () => {
  test("nothing configured gives the documented defaults", () => {
    expect(parseConfig({})).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      databaseUrl: null,
      upstream: null,
      role: "all",
      limits: { trialRequestsPerDay: 100, trialRequestsPerMinute: 60, paidRequestsPerMinute: 600 },
    });
  });

  test("an empty value counts as unset", () => {
    expect(parseConfig({ PORT: "", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test("a trailing slash of a base URL is dropped", () => {
    expect(parseConfig({ UPSTREAM_BASE_URL: "http://127.0.0.1:9/v1/" }).upstream?.baseUrl).toBe(
      "http://127.0.0.1:9/v1",
    );
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
});
