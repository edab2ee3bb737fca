import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { postgresUrl } from "#tests/support/databases.ts";
import { createTestCaller, startTestGateway, type TestGateway } from "#tests/support/gateway.ts";
import {
  chunk,
  done,
  type MockAnswer,
  type MockUpstream,
  sse,
  startMockUpstream,
  usageChunk,
} from "#tests/support/mock-upstream.ts";
import { allClients } from "./clients/all-clients.ts";

const steps = 30;

const messageSchema = z.looseObject({
  role: z.string(),
  reasoning_content: z.unknown().optional(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
    .optional(),
});
type Message = z.infer<typeof messageSchema>;

const historySchema = z.object({ messages: z.array(messageSchema) });
const argumentsOf = (number: number) => JSON.stringify({ number });
const thoughtOf = (number: number) => `Thinking about step ${number}.`;

let upstream: MockUpstream;
let gateway: TestGateway;

beforeAll(async () => {
  upstream = await startMockUpstream();
  gateway = await startTestGateway({ databaseUrl: postgresUrl(), upstreamUrl: upstream.url });
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

/** Thinks, calls the tool for the next step with its arguments in three pieces, and answers after the last. */
function agentModel(): MockAnswer {
  return (res, call) => {
    const number = historySchema.parse(call.body).messages.filter(({ role }) => role === "tool").length + 1;
    const thought = [
      chunk({ role: "assistant", content: "" }),
      chunk({ reasoning_content: "Thinking about " }),
      chunk({ reasoning_content: `step ${number}.` }),
    ];
    const end = [usageChunk(), done];
    if (number === steps) {
      return sse(
        ...thought,
        chunk({ content: "All steps " }),
        chunk({ content: "are done." }),
        chunk({}, "stop"),
        ...end,
      )(res, call);
    }
    const part = (fields: object) => chunk({ tool_calls: [{ index: 0, ...fields }] });
    const text = argumentsOf(number);
    return sse(
      ...thought,
      part({ id: `step:${number}`, type: "function", function: { name: "step", arguments: "" } }),
      part({ function: { arguments: text.slice(0, 4) } }),
      part({ function: { arguments: text.slice(4) } }),
      chunk({}, "tool_calls"),
      ...end,
    )(res, call);
  };
}

function toolTurns(messages: readonly Message[]): Message[] {
  return messages.filter(({ role, tool_calls }) => role === "assistant" && tool_calls?.length);
}

describe.each(allClients.map((client) => [client.name, client] as const))("%s", (_name, client) => {
  test("runs an agent of 30 steps with streamed tool calls while the model thinks", async () => {
    upstream.script(agentModel());
    const { apiKey, accountId } = await createTestCaller(gateway.db);
    const text = await client.runAgent({ baseUrl: `${gateway.url}/v1`, apiKey }, "Do all the steps.");

    expect(text).toBe("All steps are done.");
    expect(upstream.calls).toHaveLength(steps);
    for (const [index, { body }] of upstream.calls.entries()) {
      const { messages } = historySchema.parse(body);
      const turns = toolTurns(messages);
      expect(turns).toHaveLength(index);
      for (const [done, turn] of turns.entries()) {
        const [made] = turn.tool_calls ?? [];
        expect(JSON.parse(made?.function.arguments ?? "")).toEqual({ number: done + 1 });
        // The model refuses a tool call in its history that has no reasoning.
        expect(turn.reasoning_content).toEqual(expect.stringMatching(/./));
        if (client.keepsReasoning) expect(turn.reasoning_content).toBe(thoughtOf(done + 1));
      }
      const answered = messages.flatMap(({ tool_call_id }) => tool_call_id ?? []);
      expect(answered).toEqual(turns.map(({ tool_calls }) => tool_calls?.[0]?.id));
    }
    expect(await gateway.db.request.count({ where: { accountId, status: "succeeded" } })).toBe(steps);
  });
});
