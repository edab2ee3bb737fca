import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseChatChunk } from "#lib/wire/chat-completions.ts";
import { readStreamFixture, streamFixtures } from "#tests/fixtures/streams/index.ts";
import { chatDialect } from "./chat-dialect.ts";
import type { Reply } from "./dialect.ts";
import { readWhole, relayStream } from "./relay.ts";

const neverAborted = new AbortController().signal;

function newReply(wantsUsage: boolean): Reply {
  const request = { model: "moonshot/kimi-k2.6", messages: [{ role: "user", content: "x" }] };
  return chatDialect.parse(request).createReply({ requestId: "req_1", nowMs: 0, wantsUsage });
}

async function* pieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const end = at + (sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(at, end);
    at = end;
  }
}

async function relay(body: AsyncIterable<Uint8Array>, wantsUsage = true) {
  const written: Uint8Array[] = [];
  let firstTokens = 0;
  const relayed = await relayStream({
    body,
    reply: newReply(wantsUsage),
    signal: neverAborted,
    leave: () => undefined,
    onFirstToken: () => {
      firstTokens++;
    },
    stream: {
      open: () => undefined,
      isOpen: () => true,
      stop: () => undefined,
      end: () => undefined,
      write: async (bytes) => {
        written.push(Buffer.from(bytes));
      },
    },
  });
  return { ...relayed, written: Buffer.concat(written), firstTokens };
}

describe("relayStream", () => {
  test("however a stream is cut, the client gets the same bytes and the same is metered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...streamFixtures),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }),
        async (fixture, sizes) => {
          const bytes = readStreamFixture(fixture.file);
          const { ending, produced, written } = await relay(pieces(bytes, sizes));
          const whole = ending.kind === "done" ? Buffer.concat([written, ending.frame.raw]) : written;
          expect(Buffer.from(bytes).subarray(0, whole.length).equals(whole)).toBe(true);
          expect(ending.kind).toBe(fixture.ends === "done" ? "done" : "failed");
          expect(produced).toMatchObject({
            content: fixture.content,
            reasoning: fixture.reasoning,
            toolCalls: fixture.toolCalls,
            usage: fixture.usage,
          });
        },
      ),
    );
  });

  test("the usage chunk is the one thing withheld from a client that did not ask", async () => {
    for (const fixture of streamFixtures) {
      const bytes = readStreamFixture(fixture.file);
      const all = (await relay(pieces(bytes, [64]))).written.toString("utf8");
      const without = (await relay(pieces(bytes, [64]), false)).written.toString("utf8");
      const missing = all.split(/(?<=\n\n|\r\n\r\n)/).filter((event) => !without.includes(event));
      for (const event of missing) {
        expect(parseChatChunk(event.replace(/^data: /, ""))).toMatchObject({
          choices: [],
          usage: expect.anything(),
        });
      }
      expect(missing.length).toBeLessThanOrEqual(1);
    }
  });

  test("the first token is told once, and only when there is one", async () => {
    for (const fixture of streamFixtures) {
      const { firstTokens } = await relay(pieces(readStreamFixture(fixture.file), [50]));
      const hasToken = Boolean(fixture.content || fixture.reasoning || fixture.toolCalls.length);
      expect(firstTokens).toBe(hasToken ? 1 : 0);
    }
  });
});

describe("readWhole", () => {
  const whole = (text: string) => readWhole(pieces(Buffer.from(text), [7]), neverAborted);

  test("gives the bytes as they came", async () => {
    const text = ' {"choices":[{"message":{"content":"é"},"finish_reason":"stop"}], "odd":1}\n';
    const answer = await whole(text);
    expect(answer.kind === "done" && Buffer.from(answer.bytes).toString("utf8")).toBe(text);
  });

  test.each(["", "{", "null", '"text"', "{}", '{"choices":[]}', '{"error":{"message":"no"}}'])(
    "%j is no answer",
    async (text) => {
      expect((await whole(text)).kind).toBe("failed");
    },
  );
});
