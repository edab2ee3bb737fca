import { createParser } from "eventsource-parser";
import * as z from "zod/mini";
import type { RunPiece } from "./run-state.ts";

const messageSchema = z.object({
  content: z.nullish(z.string()),
  reasoning_content: z.nullish(z.string()),
});
const choiceSchema = z.object({
  delta: z.optional(messageSchema),
  message: z.optional(messageSchema),
  finish_reason: z.nullish(z.string()),
});
const chunkSchema = z.union([
  z.object({ error: z.object({ message: z.string() }) }),
  z.object({ choices: z.array(choiceSchema) }),
]);

/** The answer failed; the message is the gateway's. */
export class AnswerFailure extends Error {
  override readonly name = "AnswerFailure";
}

/** The pieces of a chat completion as they come, streamed or whole. Throws `AnswerFailure` where it says that it failed. */
export async function* readAnswer(response: Response): AsyncGenerator<RunPiece> {
  if (!response.body || !response.headers.get("content-type")?.includes("text/event-stream")) {
    yield pieceOf(await response.json());
    return;
  }
  const events: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(data) });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(value);
    for (const data of events.splice(0)) {
      if (data !== "[DONE]") yield pieceOf(JSON.parse(data));
    }
  }
}

function pieceOf(json: unknown): RunPiece {
  const parsed = chunkSchema.parse(json);
  if ("error" in parsed) throw new AnswerFailure(parsed.error.message);
  const [choice] = parsed.choices;
  const message = choice?.delta ?? choice?.message;
  return {
    thinking: message?.reasoning_content ?? "",
    answer: message?.content ?? "",
    finishReason: choice?.finish_reason ?? null,
  };
}
