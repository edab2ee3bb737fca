import { expect, test } from "vitest";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import type { RequestTrace } from "#lib/usage/request-trace.ts";
import { setUpGateway, shortWaits } from "#tests/support/gateway-under-test.ts";
import {
  chunk,
  json,
  plainCompletion,
  plainStream,
  refuse,
  sse,
  sseThenReset,
} from "#tests/support/mock-upstream.ts";
import { overloaded } from "#tests/support/upstream-failures.ts";

const served = setUpGateway(shortWaits);

function traceOf(request: MeteredRequest | null | undefined): RequestTrace {
  if (!request?.trace) throw new Error("The request has no trace.");
  return request.trace;
}

test("each try at an upstream is kept with its times within those of the request", async () => {
  served.upstream.script(
    json(429, overloaded, { "retry-after": "0" }),
    refuse(),
    json(200, plainCompletion()),
  );
  expect((await served.chat()).status).toBe(200);
  const request = await served.onlyRequest();
  const { readMs, admittedMs, tries } = traceOf(request);
  expect(tries).toMatchObject([
    { upstream: "mock", outcome: "upstream_unavailable", status: 429 },
    { upstream: "mock", status: null },
    { upstream: "mock", outcome: "answered", status: 200 },
  ]);
  const moments = [
    readMs,
    admittedMs,
    ...tries.flatMap((each) => [each.startMs, each.startMs + each.durationMs]),
  ];
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  expect(moments.at(-1)).toBeLessThanOrEqual(request?.totalMs ?? 0);
});

test("the headers that the client got are kept, what was changed in its request among them", async () => {
  served.upstream.script(json(200, plainCompletion()));
  const response = await served.chat({ temperature: 0.2 });
  const { headers } = traceOf(await served.onlyRequest());
  expect(headers).toEqual(
    ["limit-requests", "remaining-requests", "reset-requests"]
      .map((name) => response.headers.get(`x-ratelimit-${name}`))
      .concat(response.headers.get("x-aig-warning")),
  );
  expect(headers[3]).toContain("temperature is fixed");
});

test("a failure keeps the pause that the client was asked for", async () => {
  served.upstream.script(json(429, overloaded, { "retry-after": "30" }));
  const response = await served.chat();
  expect(response.headers.get("retry-after")).toBe("30");
  expect(traceOf(await served.onlyRequest()).retryAfterS).toBe(30);
});

test("a stream that breaks off was answered by the try, however it ended", async () => {
  served.upstream.script(sseThenReset(chunk({ content: "Half" })));
  await (await served.chat({ stream: true })).text();
  const request = await served.onlyRequest();
  expect(request).toMatchObject({
    status: "failed",
    trace: { tries: [{ outcome: "answered", status: 200 }] },
  });
});

test("a stream that goes well has one try, begun once the request was let through", async () => {
  served.upstream.script(sse(...plainStream()));
  await (await served.chat({ stream: true })).text();
  const { admittedMs, tries, retryAfterS } = traceOf(await served.onlyRequest());
  expect(tries).toHaveLength(1);
  expect(tries[0]?.startMs).toBeGreaterThanOrEqual(admittedMs);
  expect(retryAfterS).toBeNull();
});
