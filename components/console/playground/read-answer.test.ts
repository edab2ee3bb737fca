import { expect, test } from "vitest";
import { AnswerFailure, readAnswer } from "./read-answer.ts";
import { addPiece, type RunPiece, type RunState, runBegun } from "./run-state.ts";

const event = (json: object) => `data: ${JSON.stringify(json)}\n\n`;
const delta = (fields: object, finish_reason: string | null = null) =>
  event({ choices: [{ delta: fields, finish_reason }] });

function streamed(text: string, pieceLength: number): Response {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += pieceLength)
        controller.enqueue(bytes.slice(at, at + pieceLength));
      controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
}

async function all(response: Response): Promise<RunPiece[]> {
  const pieces: RunPiece[] = [];
  for await (const piece of readAnswer(response)) pieces.push(piece);
  return pieces;
}

test.each([1, 3, 7, 10_000])("a stream is the same answer in pieces of %i bytes", async (pieceLength) => {
  const text = [
    delta({ role: "assistant", content: "" }),
    ": keep-alive\n\n",
    delta({ reasoning_content: "Höre zu" }),
    delta({ content: "Grüße 你好" }),
    delta({}, "stop"),
    event({ choices: [], usage: { prompt_tokens: 1 } }),
    "data: [DONE]\n\n",
  ].join("");
  const pieces = await all(streamed(text, pieceLength));
  const state = pieces.reduce<RunState>((soFar, piece, index) => addPiece(soFar, piece, index), runBegun);
  expect(state).toMatchObject({
    thinking: "Höre zu",
    answer: "Grüße 你好",
    finishReason: "stop",
    firstTokenMs: 1,
  });
});

test("a whole answer is one piece", async () => {
  const choice = { message: { content: "4", reasoning_content: "2 + 2" }, finish_reason: "stop" };
  expect(await all(Response.json({ choices: [choice] }))).toEqual([
    { thinking: "2 + 2", answer: "4", finishReason: "stop" },
  ]);
});

test("an error inside a stream is a failure with the gateway's words, after what came before it", async () => {
  const text = `${delta({ content: "Half" })}${event({ error: { message: "It broke off.", code: "upstream_error" } })}`;
  const answer = readAnswer(streamed(text, 10_000));
  expect((await answer.next()).value).toMatchObject({ answer: "Half" });
  await expect(answer.next()).rejects.toThrow(new AnswerFailure("It broke off."));
});
