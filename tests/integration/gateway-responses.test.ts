import { describe, expect, test } from "vitest";
import { expectError } from "#tests/support/gateway.ts";
import { setUpGateway } from "#tests/support/gateway-under-test.ts";
import {
  chunk,
  done,
  json,
  plainCompletion,
  plainStream,
  sse,
  usageChunk,
} from "#tests/support/mock-upstream.ts";

const served = setUpGateway();

async function eventsOf(response: Response): Promise<{ type: string; sequence_number: number }[]> {
  return (await response.text())
    .trim()
    .split("\n\n")
    .map((event) => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "null"));
}

/** The kinds of events in order, neighbours that are alike told once. */
function orderOf(events: readonly { type: string }[]): string[] {
  const kinds = events.map(({ type }) => type.replace("response.", ""));
  return kinds.filter((kind, index) => kind !== kinds[index - 1]);
}

const reasoningEvents = [
  "output_item.added",
  "reasoning_summary_part.added",
  "reasoning_summary_text.delta",
  "reasoning_summary_text.done",
  "reasoning_summary_part.done",
  "output_item.done",
];
const textStart = ["output_item.added", "content_part.added", "output_text.delta"];
const textEnd = ["output_text.done", "content_part.done", "output_item.done"];

describe("a stream of events", () => {
  test("is complete, in order and numbered, ends completed and is metered", async () => {
    served.upstream.script(sse(...plainStream()));
    const response = await served.responses({ stream: true });
    const events = await eventsOf(response);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at));
    expect(orderOf(events)).toEqual([
      "created",
      "in_progress",
      ...reasoningEvents,
      ...textStart,
      ...textEnd,
      "completed",
    ]);
    expect(events.at(-1)).toMatchObject({
      response: { status: "completed", usage: { input_tokens: 10, output_tokens: 5 } },
    });
    expect(await served.meteredOf(response)).toMatchObject({
      status: "succeeded",
      endpoint: "responses",
      usage: { promptTokens: 10, completionTokens: 5 },
    });
  });

  test("of an answer cut by its limit ends incomplete, every item closed", async () => {
    const cut = [chunk({ reasoning_content: "Hm." }), chunk({ content: "Once" }), chunk({}, "length")];
    served.upstream.script(sse(...cut, usageChunk(), done));
    const response = await served.responses({ stream: true, max_output_tokens: 5 });
    const events = await eventsOf(response);
    expect(orderOf(events)).toEqual([
      "created",
      "in_progress",
      ...reasoningEvents,
      ...textStart,
      ...textEnd,
      "incomplete",
    ]);
    expect(events.at(-1)).toMatchObject({
      response: {
        status: "incomplete",
        incomplete_details: { reason: "max_output_tokens" },
        output: [{ status: "completed" }, { status: "incomplete", content: [{ text: "Once" }] }],
      },
    });
    expect(await served.meteredOf(response)).toMatchObject({ status: "succeeded", finishReason: "length" });
  });

  test("that breaks off fails, keeps what was produced, and never completes", async () => {
    served.upstream.script(sse(chunk({ role: "assistant" }), chunk({ content: "Half" })));
    const response = await served.responses({ stream: true });
    const events = await eventsOf(response);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at));
    expect(orderOf(events)).toEqual(["created", "in_progress", ...textStart, "failed", "error"]);
    expect(events.at(-2)).toMatchObject({
      response: {
        status: "failed",
        error: { code: "upstream_error" },
        output: [{ status: "incomplete", content: [{ text: "Half" }] }],
      },
    });
    expect(await served.meteredOf(response)).toMatchObject({
      status: "failed",
      errorCode: "upstream_error",
      estimated: true,
    });
  });
});

describe("a whole answer", () => {
  test("is a response object with the same items", async () => {
    served.upstream.script(json(200, plainCompletion()));
    expect(await (await served.responses()).json()).toMatchObject({
      object: "response",
      status: "completed",
      store: true,
      output: [{ type: "reasoning" }, { type: "message" }],
    });
  });

  test("cut by its limit is incomplete", async () => {
    const [choice] = plainCompletion().choices as object[];
    served.upstream.script(
      json(200, { ...plainCompletion(), choices: [{ ...choice, finish_reason: "length" }] }),
    );
    expect(await (await served.responses({ max_output_tokens: 5 })).json()).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
    });
  });
});

describe("what the upstream is asked", () => {
  async function asked(fields: Record<string, unknown>) {
    served.upstream.script(json(200, plainCompletion()));
    const response = await served.responses(fields);
    expect(response.status).toBe(200);
    const { model, ...body } = served.upstream.calls[0]?.body ?? {};
    expect(model).toBe("kimi-k2.6");
    return { body, warning: response.headers.get("x-aig-warning") };
  }
  const messages = [{ role: "user", content: "Say hello." }];

  test("effort none switches thinking off", async () => {
    expect((await asked({ reasoning: { effort: "none" } })).body).toEqual({
      messages,
      thinking: { type: "disabled" },
    });
  });

  test("text.format is its response_format", async () => {
    const schema = { type: "object", properties: {} };
    const format = { type: "json_schema", name: "n", schema, strict: true };
    expect((await asked({ text: { format } })).body).toEqual({
      messages,
      response_format: { type: "json_schema", json_schema: { name: "n", schema, strict: true } },
    });
    expect((await asked({ text: { format: { type: "json_object" } } })).body).toMatchObject({
      response_format: { type: "json_object" },
    });
  });

  test("instructions and developer messages are its system messages", async () => {
    const input = [{ role: "developer", content: "Be kind." }, ...messages];
    expect((await asked({ instructions: "Be brief.", input })).body).toEqual({
      messages: [
        { role: "system", content: "Be brief." },
        { role: "system", content: "Be kind." },
        ...messages,
      ],
    });
  });

  test("functions it gets, tools of other types are left out and named", async () => {
    const parameters = { type: "object", properties: {} };
    const tools = [
      { type: "web_search" },
      { type: "function", name: "f", parameters, strict: null },
      { type: "custom", name: "apply_patch" },
      { type: "local_shell" },
    ];
    const { body, warning } = await asked({ tools, tool_choice: "auto", parallel_tool_calls: false });
    expect(body).toEqual({
      messages,
      tools: [{ type: "function", function: { name: "f", parameters } }],
      tool_choice: "auto",
      parallel_tool_calls: false,
    });
    for (const type of ["web_search", "custom", "local_shell"]) {
      expect(warning).toContain(`tools of type ${type} are not supported and were left out`);
    }
  });

  test("an answer limit above the model's is lowered and named", async () => {
    const { body, warning } = await asked({ max_output_tokens: 50_000 });
    expect(body).toEqual({ messages, max_completion_tokens: 16_384 });
    expect(warning).toContain("lowered from 50000 to 16384");
  });
});

test.each([
  ["previous_response_id", { previous_response_id: "resp_1" }],
  ["background", { background: true }],
  ["conversation", { conversation: "conv_1" }],
  ["prompt", { prompt: { id: "pmpt_1" } }],
])("%s would change the meaning and is a 400 that names it", async (field, fields) => {
  const error = await expectError(await served.responses(fields), 400, "invalid_request");
  expect(error.param).toBe(field);
  expect(error.message).toContain(`\`${field}\` is not supported`);
  expect(await served.rows()).toEqual([]);
});
