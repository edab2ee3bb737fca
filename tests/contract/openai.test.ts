import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ContractServer, startContractServer } from "#tests/support/contract-server.ts";
import { until } from "#tests/support/gateway.ts";

const model = "moonshot/kimi-k2.6";
const messages = [{ role: "user" as const, content: "What is 12 * 12?" }];
const weather = {
  type: "function" as const,
  function: {
    name: "get_weather",
    description: "Get current weather for a city",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

let server: ContractServer;
let client: OpenAI;

beforeAll(async () => {
  server = await startContractServer();
  client = new OpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey, maxRetries: 0 });
});

afterAll(() => server.stop());

const lastMetered = async () => (await server.listMetered()).at(-1);

describe("openai: chat completions", () => {
  test("a whole answer with its reasoning and usage", async () => {
    const { data, response } = await client.chat.completions.create({ model, messages }).withResponse();
    expect(data.choices[0]?.message.content).toContain("144");
    expect(data.choices[0]?.message).toHaveProperty("reasoning_content", expect.stringMatching(/\w/));
    expect(response.headers.get("x-aig-provider")).toBe("offline");
    expect(await lastMetered()).toMatchObject({
      id: response.headers.get("x-request-id"),
      status: "succeeded",
      usage: { promptTokens: data.usage?.prompt_tokens, completionTokens: data.usage?.completion_tokens },
    });
  });

  test("a stream in the guide's order", async () => {
    const stream = await client.chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const order: string[] = [];
    for await (const { choices, usage } of stream) {
      const [choice] = choices;
      const delta = choice?.delta ?? {};
      const kind = usage
        ? "usage"
        : choice?.finish_reason
          ? "finish"
          : delta.content
            ? "content"
            : "reasoning_content" in delta && delta.reasoning_content
              ? "reasoning"
              : "role";
      if (order.at(-1) !== kind) order.push(kind);
    }
    expect(order).toEqual(["role", "reasoning", "content", "finish", "usage"]);
  });

  test("a tool loop over two turns", async () => {
    const question = { role: "user" as const, content: "What is the weather in Tokyo?" };
    const first = await client.chat.completions.create({
      model,
      messages: [question],
      tools: [weather],
      tool_choice: "auto",
    });
    const turn = first.choices[0]?.message;
    const call = turn?.tool_calls?.[0];
    if (!turn || call?.type !== "function") throw new Error("No function was called.");
    expect(first.choices[0]?.finish_reason).toBe("tool_calls");
    expect(JSON.parse(call.function.arguments)).toEqual({ city: expect.stringMatching(/Tokyo/) });
    // Without reasoning_content, as a client that knows only OpenAI's fields keeps it.
    const history = { role: "assistant" as const, content: turn.content, tool_calls: turn.tool_calls ?? [] };
    const second = await client.chat.completions.create({
      model,
      messages: [
        question,
        history,
        { role: "tool", tool_call_id: call.id, content: '{"temperature_c":22,"conditions":"sunny"}' },
      ],
      tools: [weather],
    });
    expect(second.choices[0]?.finish_reason).toBe("stop");
    expect(second.choices[0]?.message.content).toMatch(/22|sunny/);
  });

  test("breaking out of a stream aborts it", async () => {
    const stream = await client.chat.completions.create({
      model,
      messages: [{ role: "user", content: "Count to 200." }],
      stream: true,
    });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    const metered = await until(async () => {
      const last = await lastMetered();
      return last && last.status !== "reserved" ? last : null;
    });
    expect(metered).toMatchObject({ status: "aborted", estimated: true });
  });
});

describe("openai: errors are of the SDK's classes", () => {
  test("401", async () => {
    const stranger = new OpenAI({ baseURL: server.baseUrl, apiKey: "sk-aig-nonsense", maxRetries: 0 });
    const failed = stranger.models.list();
    await expect(failed).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(failed).rejects.toMatchObject({ code: "invalid_key", param: null });
  });

  test("404", async () => {
    const failed = client.chat.completions.create({ model: "moonshot/none", messages });
    await expect(failed).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(failed).rejects.toMatchObject({
      code: "model_not_found",
      param: "model",
      requestID: expect.stringMatching(/^req_/),
    });
  });

  test("400", async () => {
    const failed = client.chat.completions.create({ model, messages: [] });
    await expect(failed).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    await expect(failed).rejects.toMatchObject({ param: "messages" });
  });
});

describe("openai: models", () => {
  test("are listed and found by an id with a slash", async () => {
    const ids: string[] = [];
    for await (const listed of client.models.list()) ids.push(listed.id);
    expect(ids).toContain(model);
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, object: "model" });
  });
});

describe("openai: responses", () => {
  test("a whole answer", async () => {
    const response = await client.responses.create({ model, input: "What is 12 * 12?" });
    expect(response.output_text).toContain("144");
    expect(response.status).toBe("completed");
    expect(response.output.map((item) => item.type)).toEqual(["reasoning", "message"]);
    expect((await lastMetered())?.usage).toMatchObject({
      promptTokens: response.usage?.input_tokens,
      completionTokens: response.usage?.output_tokens,
      reasoningTokens: response.usage?.output_tokens_details.reasoning_tokens,
    });
  });

  test("a stream", async () => {
    const stream = await client.responses.create({ model, input: "What is 12 * 12?", stream: true });
    let text = "";
    let reasoning = "";
    let last = "";
    for await (const event of stream) {
      if (event.type === "response.output_text.delta") text += event.delta;
      if (event.type === "response.reasoning_summary_text.delta") reasoning += event.delta;
      last = event.type;
    }
    expect(text).toContain("144");
    expect(reasoning).not.toBe("");
    expect(last).toBe("response.completed");
  });

  test("a field that asks for state is refused by name", async () => {
    const failed = client.responses.create({ model, input: "Hello", previous_response_id: "resp_1" });
    await expect(failed).rejects.toMatchObject({ status: 400, param: "previous_response_id" });
  });
});
