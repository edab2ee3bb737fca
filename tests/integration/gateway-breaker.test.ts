import { describe, expect, test } from "vitest";
import { databases } from "#tests/support/databases.ts";
import { expectError, until } from "#tests/support/gateway.ts";
import { setUpGateway } from "#tests/support/gateway-under-test.ts";
import {
  chunk,
  done,
  json,
  type MockAnswer,
  plainCompletion,
  plainStream,
  sse,
  sseThenReset,
  sseThenSilence,
} from "#tests/support/mock-upstream.ts";

const report = (error: object) => `data: ${JSON.stringify({ error })}\n\n`;
const begun = chunk({ content: "Half" });

describe("the breaker of an upstream whose answers fail after they have begun", () => {
  const failing: [what: string, answer: MockAnswer][] = [
    ["report an error", sse(begun, report({ message: "broken", type: "server_error" }))],
    ["report an overload", sse(begun, report({ message: "busy", type: "engine_overloaded_error" }))],
    ["are reset", sseThenReset(begun)],
    ["end without a finish", sse(begun)],
    ["say [DONE] without a finish", sse(begun, done)],
    ["fall silent", sseThenSilence(begun)],
  ];

  describe.each(failing)("when they %s", (_what, answer) => {
    const served = setUpGateway({
      timeouts: { idleMs: 150 },
      breaker: { failuresToOpen: 3, coolDownMs: 60_000 },
    });

    test("opens after as many of them as are allowed, and not before", async () => {
      served.upstream.script(answer);
      for (let calls = 0; calls < 3; calls++) {
        const response = await served.chat({ stream: true });
        expect(response.status).toBe(200);
        expect(await response.text()).toContain('"error"');
      }
      const refused = await served.chat({ stream: true });
      await expectError(refused, 503, "upstream_unavailable");
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(served.upstream.calls).toHaveLength(3);
    });
  });

  describe("when whole answers cannot be read", () => {
    const served = setUpGateway({ breaker: { failuresToOpen: 2, coolDownMs: 60_000 } });

    test("opens", async () => {
      served.upstream.script(json(200, { choices: [] }));
      for (const _ of [1, 2]) await expectError(await served.chat(), 502, "upstream_error");
      await expectError(await served.chat(), 503, "upstream_unavailable");
    });
  });
});

describe("the breaker stays closed", () => {
  const served = setUpGateway({ breaker: { failuresToOpen: 2, coolDownMs: 60_000 } });

  test("when clients cut streams short", async () => {
    served.upstream.script(sseThenSilence(begun));
    for (let calls = 0; calls < 5; calls++) {
      const client = new AbortController();
      const response = await served.chat({ stream: true }, { signal: client.signal });
      await response.body?.getReader().read();
      client.abort();
      await until(() => (served.gateway.gateway.activeRequests() === 0 ? true : null));
    }
    expect(served.upstream.calls).toHaveLength(5);
    served.upstream.script(sse(...plainStream()));
    expect((await served.chat({ stream: true })).status).toBe(200);
  });

  test("when the errors in the streams are of the callers' own making", async () => {
    const error = { message: "exceeded model token limit", type: "invalid_request_error" };
    served.upstream.script(sse(begun, report(error)));
    for (let calls = 0; calls < 4; calls++) expect((await served.chat({ stream: true })).status).toBe(200);
  });

  test("when an answer in full comes between failures", async () => {
    const bad = sseThenReset(begun);
    served.upstream.script(bad, sse(...plainStream()), bad, sse(...plainStream()), bad);
    for (let calls = 0; calls < 5; calls++) {
      const response = await served.chat({ stream: true });
      expect(response.status).toBe(200);
      await response.text();
    }
  });
});

describe.each(databases)("calls refused while every upstream is left alone, on $name", ({ url }) => {
  describe("for long", () => {
    const served = setUpGateway({
      databaseUrl: url,
      plan: "trial",
      breaker: { failuresToOpen: 1, coolDownMs: 60_000 },
    });

    test("take nothing of the daily quota or the minute, and leave no row", async () => {
      const { accountId } = served.caller;
      served.upstream.script(json(404, {}), json(500, {}), json(200, plainCompletion()));
      // A 404 is no reason to leave an upstream alone, a 500 is.
      for (const _ of [1, 2]) await expectError(await served.chat(), 502, "upstream_error");
      for (const response of await Promise.all(Array.from({ length: 20 }, () => served.chat()))) {
        await expectError(response, 503, "upstream_unavailable");
        expect(response.headers.get("x-aig-attempts")).toBe("0");
        expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      }
      expect(await served.rows()).toHaveLength(2);
      expect(await served.gateway.db.dailyQuota.findMany({ where: { accountId } })).toMatchObject([
        { used: 2 },
      ]);
      const key = await (await served.get("/v1/key")).json();
      expect(key).toMatchObject({
        requests_per_minute: { remaining: 58 },
        requests_per_day: { remaining: 98 },
      });
    });
  });

  describe("on and off", () => {
    const served = setUpGateway({
      databaseUrl: url,
      plan: "trial",
      breaker: { failuresToOpen: 1, coolDownMs: 5 },
    });

    test("cost nothing, and every call that does cost was tried", async () => {
      const { accountId } = served.caller;
      served.upstream.script(json(500, {}));
      const responses = await Promise.all(Array.from({ length: 50 }, () => served.chat()));
      const tries = responses.map((response) => Number(response.headers.get("x-aig-attempts")));
      const tried = tries.filter((count) => count > 0).length;
      expect(tried).toBeGreaterThan(0);
      expect(served.upstream.calls).toHaveLength(tries.reduce((sum, count) => sum + count, 0));
      expect(await served.rows()).toHaveLength(tried);
      expect(await served.gateway.db.dailyQuota.findMany({ where: { accountId } })).toMatchObject([
        { used: tried },
      ]);
    });
  });
});
