import { z } from "zod";
import type { Upstream } from "../upstream.ts";
import { createOfflineUpstream, type OfflineOptions } from "./offline-upstream.ts";

export const startMs = Date.UTC(2026, 10, 22, 17, 30);

/** An offline upstream whose clock stands still and which never waits. */
export function offline(options: Partial<OfflineOptions> = {}): Upstream {
  return createOfflineUpstream({ now: () => startMs, delay: async () => undefined, ...options });
}

export function user(text: string) {
  return { role: "user", content: text };
}

const usageSchema = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  prompt_tokens_details: z.object({ cached_tokens: z.int() }),
  completion_tokens_details: z.object({ reasoning_tokens: z.int() }),
});
const functionSchema = z.object({ name: z.string(), arguments: z.string() });
const answerSchema = z.object({
  id: z.string().optional(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string(),
        message: z.object({
          content: z.string().nullable(),
          reasoning_content: z.string().optional(),
          tool_calls: z.array(z.object({ id: z.string(), function: functionSchema })).optional(),
        }),
      }),
    )
    .default([]),
  usage: usageSchema.optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});
const chunkSchema = z.object({
  id: z.string(),
  system_fingerprint: z.string(),
  choices: z.array(
    z.object({
      delta: z.object({
        role: z.string().optional(),
        content: z.string().optional(),
        reasoning_content: z.string().optional(),
        tool_calls: z
          .array(z.object({ index: z.int(), id: z.string().optional(), function: functionSchema.partial() }))
          .optional(),
      }),
      finish_reason: z.string().nullable(),
    }),
  ),
  usage: usageSchema.optional(),
});

export type Answer = z.infer<typeof answerSchema> & { status: number };
type Chunk = z.infer<typeof chunkSchema>;

/** The whole answer to an unstreamed call. */
export async function ask(upstream: Upstream, body: object): Promise<Answer> {
  const { status, text } = await exchange(upstream, body, false);
  return { ...answerSchema.parse(JSON.parse(text)), status };
}

export const content = ({ choices }: Answer): string => choices[0]?.message.content ?? "";
export const reasoning = ({ choices }: Answer): string => choices[0]?.message.reasoning_content ?? "";

/** A call's status and the text of its body. */
export async function exchange(
  upstream: Upstream,
  body: object,
  stream: boolean,
  onEvent: () => void = () => undefined,
  signal = new AbortController().signal,
): Promise<{ status: number; headers: Record<string, string>; text: string }> {
  const answer = await upstream.send({
    body: { model: "moonshot/kimi-k2.6", ...body },
    stream,
    requestId: "req_test",
    signal,
  });
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of answer.body) {
    text += decoder.decode(bytes, { stream: true });
    onEvent();
  }
  return { status: answer.status, headers: answer.headers, text };
}

/** Follows a streamed answer to its end. */
export async function follow(upstream: Upstream, body: object, onEvent?: () => void, signal?: AbortSignal) {
  const { text: wire } = await exchange(upstream, body, true, onEvent, signal);
  const data = wire.split("\n\n").flatMap((event) => (event.startsWith("data: ") ? [event.slice(6)] : []));
  const chunks = data.filter((line) => line !== "[DONE]").map((line) => chunkSchema.parse(JSON.parse(line)));
  const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta));
  return {
    chunks,
    kinds: chunks.map(kindOf),
    done: data.at(-1) === "[DONE]",
    text: deltas.map((delta) => delta.content ?? "").join(""),
    reasoning: deltas.map((delta) => delta.reasoning_content ?? "").join(""),
    toolDeltas: deltas.flatMap((delta) => delta.tool_calls ?? []),
    usage: chunks.find((chunk) => chunk.usage !== undefined)?.usage,
  };
}

function kindOf({ choices: [choice] }: Chunk): string {
  if (choice === undefined) return "usage";
  if (choice.finish_reason !== null) return `finish:${choice.finish_reason}`;
  if (choice.delta.role !== undefined) return "role";
  if (choice.delta.reasoning_content !== undefined) return "reasoning";
  return choice.delta.tool_calls === undefined ? "content" : "tool";
}
