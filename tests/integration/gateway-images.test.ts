import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createImageFetcher } from "#lib/gateway/images/fetch-image.ts";
import { createImageInliner, withInlineImages } from "#lib/gateway/images/inline-images.ts";
import { createHttpUpstream } from "#lib/gateway/upstreams/http.ts";
import { parseConfig } from "#lib/ops/config.ts";
import { databases } from "#tests/support/databases.ts";
import {
  createTestCaller,
  expectError,
  post,
  startTestGateway,
  type TestGateway,
} from "#tests/support/gateway.ts";
import { json, type MockUpstream, plainCompletion, startMockUpstream } from "#tests/support/mock-upstream.ts";

const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const dataUri = `data:image/png;base64,${png.toString("base64")}`;

let upstream: MockUpstream;
let host: Server;
let gateway: TestGateway;
let caller: Awaited<ReturnType<typeof createTestCaller>>;
let fetches = 0;
let imageUrl: string;

beforeAll(async () => {
  host = createServer((req, res) => {
    fetches++;
    if (req.url === "/cat.png") res.end(png);
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  const address = host.address();
  const port = typeof address === "object" && address ? address.port : 0;
  imageUrl = `http://images.test:${port}/cat.png`;
  upstream = await startMockUpstream();
  const http = createHttpUpstream({
    name: "bytes-only",
    baseUrl: upstream.url,
    apiKey: null,
    modelName: "kimi-k2.6",
    timeouts: parseConfig({}).upstreams.timeouts,
  });
  const fetchImage = createImageFetcher({
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    isAllowed: (ip) => ip === "127.0.0.1",
    ports: [port],
  });
  gateway = await startTestGateway({
    databaseUrl: databases[0]?.url ?? "",
    upstreams: [withInlineImages(http, createImageInliner(fetchImage))],
  });
  caller = await createTestCaller(gateway.db, { plan: "trial" });
});

beforeEach(() => {
  upstream.script(json(200, plainCompletion()));
  fetches = 0;
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
  host.close();
});

const chatWith = (url: string) => ({
  model: "moonshot/kimi-k2.6",
  messages: [
    { role: "system", content: "Look." },
    {
      role: "user",
      content: [
        { type: "text", text: "What is it?" },
        { type: "image_url", image_url: { url } },
      ],
    },
  ],
});

const responsesWith = (url: string) => ({
  model: "moonshot/kimi-k2.6",
  instructions: "Look.",
  input: [
    { role: "user", content: "First." },
    {
      role: "user",
      content: [
        { type: "input_text", text: "What?" },
        { type: "input_image", image_url: url },
      ],
    },
  ],
});

describe("an image at an address, for an upstream that takes bytes only", () => {
  test("goes to the upstream as a data URI: chat completions", async () => {
    const response = await post(`${gateway.url}/v1/chat/completions`, caller.apiKey, chatWith(imageUrl));
    expect(response.status).toBe(200);
    expect(upstream.calls[0]?.body.messages).toEqual(chatWith(dataUri).messages);
  });

  test("goes to the upstream as a data URI: responses", async () => {
    const response = await post(`${gateway.url}/v1/responses`, caller.apiKey, responsesWith(imageUrl));
    expect(response.status).toBe(200);
    expect(JSON.stringify(upstream.calls[0]?.body.messages)).toContain(dataUri);
  });

  test("is fetched once when the upstream has to be tried again", async () => {
    upstream.script(json(500, {}), json(200, plainCompletion()));
    const response = await post(`${gateway.url}/v1/chat/completions`, caller.apiKey, chatWith(imageUrl));
    expect(response.headers.get("x-aig-attempts")).toBe("2");
    expect(fetches).toBe(1);
  });

  test("that cannot be had is a 400 that names the field as the client wrote it, and is not charged", async () => {
    const gone = imageUrl.replace("cat", "dog");
    const chat = await post(`${gateway.url}/v1/chat/completions`, caller.apiKey, chatWith(gone));
    const requestId = chat.headers.get("x-request-id") ?? "";
    const { param } = await expectError(chat, 400, "invalid_request");
    expect(param).toBe("messages[1].content[1].image_url");
    const row = await gateway.db.request.findUnique({ where: { id: requestId } });
    expect(row).toMatchObject({ status: "failed", httpStatus: 400, costNanoUsd: 0n });

    const responses = await post(`${gateway.url}/v1/responses`, caller.apiKey, responsesWith(gone));
    expect(await responses.clone().text()).toContain("answered with status 404");
    expect((await expectError(responses, 400, "invalid_request")).param).toBe(
      "input[1].content[1].image_url",
    );
    expect(upstream.calls).toHaveLength(0);
  });

  test("is fetched for nobody who is not admitted", async () => {
    const stranger = `${caller.apiKey.slice(0, -8)}AAAAAAAA`;
    await expectError(
      await post(`${gateway.url}/v1/chat/completions`, stranger, chatWith(imageUrl)),
      401,
      "invalid_key",
    );
    const spent = await createTestCaller(gateway.db, { key: { monthlyBudgetNanoUsd: 0n } });
    const refused = await post(`${gateway.url}/v1/chat/completions`, spent.apiKey, chatWith(imageUrl));
    await expectError(refused, 402, "budget_exceeded");
    expect(fetches).toBe(0);
  });
});
