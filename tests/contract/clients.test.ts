import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { offline } from "#lib/gateway/upstreams/offline/testing.ts";
import type { NewKey } from "#lib/keys/store.ts";
import { postgresUrl } from "#tests/support/databases.ts";
import { createTestCaller, startTestGateway, type TestGateway, until } from "#tests/support/gateway.ts";
import { json, type MockUpstream, startMockUpstream } from "#tests/support/mock-upstream.ts";
import { allClients } from "./clients/all-clients.ts";
import { type Connection, citySchema, model } from "./clients/test-client.ts";

let gateway: TestGateway;
let broken: MockUpstream;
let brokenGateway: TestGateway;
let picture: string;

beforeAll(async () => {
  const pace = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 1)));
  gateway = await startTestGateway({ databaseUrl: postgresUrl(), upstreams: [offline({ delay: pace })] });
  broken = await startMockUpstream();
  broken.script(json(400, { error: { message: "No.", type: "invalid_request_error" } }));
  brokenGateway = await startTestGateway({ databaseUrl: postgresUrl(), upstreamUrl: broken.url });
  const red = { create: { width: 20, height: 10, channels: 3 as const, background: "#d01010" } };
  picture = `data:image/png;base64,${(await sharp(red).png().toBuffer()).toString("base64")}`;
});

afterAll(async () => {
  await gateway.stop();
  await brokenGateway.stop();
  await broken.close();
});

async function connectNew(
  key: Partial<NewKey> = {},
  via = gateway,
): Promise<Connection & { accountId: string }> {
  const { apiKey, accountId } = await createTestCaller(via.db, { key });
  return { baseUrl: `${via.url}/v1`, apiKey, accountId };
}

describe.each(allClients.map((client) => [client.name, client] as const))("%s", (_name, client) => {
  test("streams an answer", async () => {
    const { text, reasoning } = await client.ask(await connectNew(), { prompt: "What is 12 * 12?" });
    expect(text).toContain("144");
    if (client.keepsReasoning) expect(reasoning).toMatch(/\w/);
  });

  test("shows a picture", async () => {
    const question = { prompt: "What is in this picture?", image: picture };
    const { text } = await client.ask(await connectNew(), question);
    expect(text).toMatch(/20 × 10/);
  });

  test("gets JSON of a schema", async () => {
    const question = { prompt: "Name a city and its population.", json: true as const };
    const { text } = await client.ask(await connectNew(), question);
    citySchema.strict().parse(JSON.parse(text));
  });

  test("leaves in the middle, which ends the call at once", async () => {
    const connection = await connectNew();
    await client.askAndLeave(connection, "Count to 400.");
    const request = await until(() =>
      gateway.db.request.findFirst({
        where: { accountId: connection.accountId, status: { not: "reserved" } },
      }),
    );
    expect(request).toMatchObject({ status: "aborted", estimated: true });
    expect(request.completionTokens).toBeGreaterThan(0);
  });

  test("is told of a key that is not valid", async () => {
    const told = await client.readError({ ...(await connectNew()), apiKey: "sk-aig-none" }, model);
    expect(told).toMatchObject({ status: 401, message: expect.stringContaining("API key is not valid") });
  });

  test("is told of a budget that is used up", async () => {
    const told = await client.readError(await connectNew({ monthlyBudgetNanoUsd: 1n }), model);
    expect(told).toMatchObject({ status: 402, message: expect.stringContaining("budget") });
  });

  test("is told of a model outside the key's scope", async () => {
    const told = await client.readError(await connectNew({ modelPatterns: ["other/*"] }), model);
    expect(told).toMatchObject({ status: 403, message: expect.stringContaining("may not use") });
  });

  test("is told of a model that does not exist", async () => {
    const told = await client.readError(await connectNew(), "moonshot/none");
    expect(told).toMatchObject({ status: 404, message: expect.stringContaining("no model `moonshot/none`") });
  });

  test("is told of the minute's limit", async () => {
    const connection = await connectNew({ requestsPerMinute: 1 });
    await client.ask(connection, { prompt: "What is 1 + 1?" });
    const told = await client.readError(connection, model);
    expect(told).toMatchObject({ status: 429, message: expect.stringContaining("last minute") });
  });

  test("is told of an upstream's refusal", async () => {
    const told = await client.readError(await connectNew({}, brokenGateway), model);
    expect(told.status).toBeGreaterThanOrEqual(400);
    expect(told.message).toMatch(/\w/);
  });
});
