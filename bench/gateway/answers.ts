/** What the mock upstream answers, and so what every arm has to deliver unchanged. */

const head = { id: "chatcmpl-bench", created: 1_779_000_000, model: "kimi-k2.6" };
const usage = {
  prompt_tokens: 312,
  completion_tokens: 61,
  total_tokens: 373,
  prompt_tokens_details: { cached_tokens: 256 },
};

function event(delta: Record<string, unknown>, finishReason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices })}\n\n`;
}

const reasoning = Array.from({ length: 20 }, (_, n) => event({ reasoning_content: ` thought ${n}` }));
const content = Array.from({ length: 39 }, (_, n) => event({ content: ` word ${n}` }));

/** 64 events: role, reasoning, content, split tool arguments, finish, usage, and the end. */
export const streamEvents: readonly string[] = [
  event({ role: "assistant", content: "" }),
  ...reasoning,
  ...content,
  event({
    tool_calls: [
      { index: 0, id: "call_0", type: "function", function: { name: "look_up", arguments: '{"q":' } },
    ],
  }),
  event({}, "stop"),
  `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices: [], usage })}\n\n`,
  "data: [DONE]\n\n",
];

export const wholeAnswer = JSON.stringify({
  ...head,
  object: "chat.completion",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: " word".repeat(39), reasoning_content: " thought".repeat(20) },
      finish_reason: "stop",
    },
  ],
  usage,
});

/** A request for one of them. The pace travels in the message, which every gateway passes on. */
export function requestBody(kind: { stream: boolean; paceMs: number }): string {
  return JSON.stringify({
    model: "moonshot/kimi-k2.6",
    messages: [{ role: "user", content: `pace ${kind.paceMs}` }],
    ...(kind.stream && { stream: true, stream_options: { include_usage: true } }),
  });
}

export function paceOf(body: string): number {
  return Number(/pace (\d+)/.exec(body)?.[1] ?? 0);
}
