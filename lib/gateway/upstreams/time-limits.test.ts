import { describe, expect, test } from "vitest";
import { withTimeLimits } from "./time-limits.ts";
import type { UpstreamCall } from "./upstream.ts";

const never = () => new Promise<never>(() => undefined);

async function* thenSilence(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
  await never();
}

const long = { firstByteMs: 60_000, idleMs: 60_000, totalMs: 60_000 };

async function run(
  limits: Partial<typeof long>,
  { body, ...call }: Partial<UpstreamCall> & { body: Record<string, unknown> } = { body: {} },
): Promise<string> {
  const answers = body.answers === true;
  const upstream = withTimeLimits(
    {
      name: "slow",
      send: () => (answers ? Promise.resolve({ status: 200, headers: {}, body: thenSilence("a") }) : never()),
    },
    { ...long, ...limits },
  );
  const { signal } = new AbortController();
  const answer = await upstream.send({ body, stream: true, requestId: "req_1", signal, ...call });
  let text = "";
  for await (const piece of answer.body) text += Buffer.from(piece).toString();
  return text;
}

describe("an upstream that takes too long", () => {
  const answering = { body: { answers: true } };
  test.each([
    ["firstByte", () => run({ firstByteMs: 20 }), "sent nothing within 0.02 s"],
    ["firstByte", () => run({}, { body: {}, firstByteMs: 20 }), "sent nothing within 0.02 s"],
    ["idle", () => run({ idleMs: 20 }, answering), "went silent for 0.02 s"],
    ["total", () => run({ totalMs: 20 }), "did not finish within 0.02 s"],
    ["total", () => run({ totalMs: 20 }, answering), "did not finish within 0.02 s"],
    [
      "total",
      () => run({ firstByteMs: 5, totalMs: 20 }, { body: {}, stream: false }),
      "did not finish within 0.02 s",
    ],
  ])("meets its limit (%s) with an upstream_timeout that names it", async (limit, begin, message) => {
    await expect(begin()).rejects.toMatchObject({
      code: "upstream_timeout",
      limit,
      message: expect.stringContaining(message),
    });
  });
});
