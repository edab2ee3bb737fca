import { describe, expect, test } from "vitest";
import { createTestCaller } from "#tests/support/gateway.ts";
import { setUpGateway } from "#tests/support/gateway-under-test.ts";
import {
  chunk,
  done,
  json,
  mockUsage,
  plainCompletion,
  plainStream,
  sse,
} from "#tests/support/mock-upstream.ts";

const served = setUpGateway();

describe("the record", () => {
  test("is final when the client has its whole answer", async () => {
    served.upstream.script(sse(...plainStream()));
    const response = await served.chat({ stream: true });
    await response.text();
    const record = await fetch(`${served.gateway.url}/v1/requests/${response.headers.get("x-request-id")}`, {
      headers: { authorization: `Bearer ${served.caller.apiKey}` },
    });
    expect(await record.json()).toMatchObject({
      status: "succeeded",
      usage: { prompt_tokens: mockUsage.prompt_tokens, completion_tokens: mockUsage.completion_tokens },
      cost_nano_usd: 10 * 950 + 5 * 4000,
      time_to_first_token_ms: expect.any(Number),
    });
  });

  test("of another account is not there", async () => {
    served.upstream.script(json(200, plainCompletion()));
    const response = await served.chat({});
    const stranger = await createTestCaller(served.gateway.db);
    const record = await fetch(`${served.gateway.url}/v1/requests/${response.headers.get("x-request-id")}`, {
      headers: { authorization: `Bearer ${stranger.apiKey}` },
    });
    expect(record.status).toBe(404);
    expect(await record.json()).toMatchObject({ error: { code: "not_found" } });
  });
});

test("the connection to the upstream is kept for the next call", async () => {
  served.upstream.script(sse(chunk({ content: "a" }), chunk({}, "stop"), done));
  for (let call = 0; call < 3; call++) await (await served.chat({ stream: true })).text();
  expect(served.upstream.calls).toHaveLength(3);
  expect(new Set(served.upstream.calls.map((call) => call.remotePort)).size).toBe(1);
});
