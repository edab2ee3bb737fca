import { describe, expect, test } from "vitest";
import { countTokens } from "#lib/models/tokenizer.ts";
import { imageTokens } from "./prompt-tokens.ts";
import { ask, content, follow, offline, reasoning, startMs, user } from "./testing.ts";

const tokyo = [user("What is 17 × 23 + 4?")];

describe("the streamed answer", () => {
  test("comes in Kimi's order: role, reasoning, content, finish, usage, [DONE]", async () => {
    const { kinds, done } = await follow(offline(), {
      messages: tokyo,
      stream_options: { include_usage: true },
    });
    const collapsed = kinds.filter((kind, index) => kind !== kinds[index - 1]);
    expect(collapsed).toEqual(["role", "reasoning", "content", "finish:stop", "usage"]);
    expect(done).toBe(true);
  });

  test("has no usage chunk when none was asked for", async () => {
    expect((await follow(offline(), { messages: tokyo })).kinds).not.toContain("usage");
  });

  test("says offline in every chunk, and in the answer that it is not Kimi", async () => {
    const { chunks, text } = await follow(offline(), { messages: [user("Are you Kimi?")] });
    expect(chunks.every((chunk) => chunk.system_fingerprint === "offline")).toBe(true);
    expect(new Set(chunks.map((chunk) => chunk.id))).toHaveProperty("size", 1);
    expect(text).toContain("not Kimi");
  });

  test("is the same as the whole answer, and its usage is a recount of what was streamed", async () => {
    for (const question of ["Hello", "你好，今天星期几？", "Count to 120", "Why is the sky blue? 👩‍👧"]) {
      const body = { messages: [user(question)] };
      const streamed = await follow(offline(), { ...body, stream_options: { include_usage: true } });
      const whole = await ask(offline(), body);
      expect(streamed.text).toBe(content(whole));
      expect(streamed.reasoning).toBe(reasoning(whole));
      expect(streamed.usage).toEqual(whole.usage);
      const tokens = countTokens(streamed.reasoning) + countTokens(streamed.text);
      expect(streamed.usage).toMatchObject({
        completion_tokens: tokens,
        completion_tokens_details: { reasoning_tokens: countTokens(streamed.reasoning) },
        total_tokens: tokens + (whole.usage?.prompt_tokens ?? 0),
      });
    }
  });

  test("is paced: the first event after 150 ms, then 60 tokens a second", async () => {
    let nowMs = startMs;
    const arrivals: number[] = [];
    const upstream = offline({
      now: () => nowMs,
      delay: async (ms) => {
        nowMs += ms;
      },
    });
    const { usage } = await follow(
      upstream,
      { messages: tokyo, stream_options: { include_usage: true } },
      () => arrivals.push(nowMs - startMs),
    );
    expect(arrivals[0]).toBeCloseTo(150, 0);
    expect(arrivals.at(-1)).toBeCloseTo(150 + ((usage?.completion_tokens ?? 0) * 1000) / 60, 0);
  });

  test("ends at once when its signal aborts, also during a delay", async () => {
    const stop = new AbortController();
    const delay = (_: number, signal: AbortSignal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    let events = 0;
    const upstream = offline({ delay });
    const following = follow(upstream, { messages: tokyo }, () => events++, stop.signal);
    queueMicrotask(() => stop.abort(new Error("left")));
    await expect(following).rejects.toThrow("left");
    expect(events).toBe(0);
  });

  test("an abort between two events lets no further event through", async () => {
    const stop = new AbortController();
    let events = 0;
    const following = follow(
      offline(),
      { messages: tokyo },
      () => {
        if (++events === 5) stop.abort(new Error("left"));
      },
      stop.signal,
    );
    await expect(following).rejects.toThrow("left");
    expect(events).toBe(5);
  });
});

describe("limits", () => {
  test("thinking disabled leaves no reasoning", async () => {
    const answer = await ask(offline(), { messages: tokyo, thinking: { type: "disabled" } });
    expect(reasoning(answer)).toBe("");
    expect(answer.usage?.completion_tokens_details.reasoning_tokens).toBe(0);
  });

  test.each([1, 7, 40, 90, 150])("a limit of %i tokens is shared by reasoning and answer", async (limit) => {
    const answer = await ask(offline(), { messages: tokyo, max_tokens: limit });
    expect(answer.choices[0]?.finish_reason).toBe("length");
    const tokens = countTokens(reasoning(answer)) + countTokens(content(answer));
    expect(answer.usage?.completion_tokens).toBe(tokens);
    expect(tokens).toBeLessThanOrEqual(limit);
    expect(tokens).toBeGreaterThanOrEqual(limit - 2);
  });

  test("max_completion_tokens wins over max_tokens, and neither exceeds the model's maximum", async () => {
    const short = await ask(offline(), { messages: tokyo, max_tokens: 5000, max_completion_tokens: 10 });
    expect(short.choices[0]?.finish_reason).toBe("length");
    const long = await ask(offline(), { messages: [user("Count to 2000")], max_tokens: 32_000 });
    expect(long.choices[0]?.finish_reason).toBe("stop");
  });

  test.each([{ stop: "391" }, { stop: ["nowhere", "391", "Step"] }])(
    "stop $stop ends the answer before it",
    async ({ stop }) => {
      const answer = await ask(offline(), { messages: tokyo, stop });
      expect(content(answer)).not.toContain("391");
      expect(content(answer)).toContain("17 × 23 + 4");
      expect(answer.choices[0]?.finish_reason).toBe("stop");
    },
  );

  test("a prompt beyond the context is refused in Moonshot's words", async () => {
    const answer = await ask(offline(), { messages: [user("word ".repeat(270_000))] });
    expect(answer.status).toBe(400);
    expect(answer.error).toMatchObject({ code: "context_length_exceeded" });
    expect(answer.error?.message).toContain("Your request exceeded model token limit");
  });

  test("a body that is no request is refused with the field at fault", async () => {
    const answer = await ask(offline(), { messages: [{ role: "user" }] });
    expect(answer).toMatchObject({ status: 400, error: { param: "messages[0].content" } });
  });
});

describe("cached tokens", () => {
  const long = user(`Remember this. ${"The harbour has a lighthouse. ".repeat(100)}`);
  const turns = [long, { role: "assistant", content: "Noted." }, user("Count to 3")];
  const cached = (answer: Awaited<ReturnType<typeof ask>>) =>
    answer.usage?.prompt_tokens_details.cached_tokens;

  test("a repeated prefix counts in steps of 64, a first sight does not", async () => {
    const upstream = offline();
    const first = await ask(upstream, { messages: [long] });
    expect(cached(first)).toBe(0);
    const second = await ask(upstream, { messages: turns });
    const prefix = first.usage?.prompt_tokens ?? 0;
    expect(cached(second)).toBe(Math.floor(prefix / 64) * 64);
  });

  test("what changes the start of the prompt changes the prefix", async () => {
    const upstream = offline();
    await ask(upstream, { messages: [long] });
    expect(
      cached(await ask(upstream, { messages: [{ role: "system", content: "Be brief." }, ...turns] })),
    ).toBe(0);
    expect(cached(await ask(upstream, { messages: turns, prompt_cache_key: "someone else" }))).toBe(0);
  });

  test("below 256 tokens nothing counts, and after ten minutes all is forgotten", async () => {
    let nowMs = startMs;
    const upstream = offline({ now: () => nowMs });
    await ask(upstream, { messages: tokyo });
    expect(cached(await ask(upstream, { messages: tokyo }))).toBe(0);
    await ask(upstream, { messages: [long] });
    nowMs += 10 * 60_000 + 1;
    expect(cached(await ask(upstream, { messages: [long] }))).toBe(0);
  });
});

describe("an answer that broke off", () => {
  const counting = user("Count to 120");

  test.each([
    [
      "the assistant's part comes last",
      (part: string) => [{ role: "assistant", content: part, partial: true }],
    ],
    [
      "the person asks to continue",
      (part: string) => [{ role: "assistant", content: part }, user("Continue")],
    ],
  ])("is gone on with where it stopped when %s", async (_, following) => {
    const whole = content(await ask(offline(), { messages: [counting] }));
    for (const at of [1, 57, 200]) {
      const messages = [counting, ...following(whole.slice(0, at))];
      expect(content(await ask(offline(), { messages }))).toBe(whole.slice(at));
    }
  });

  test("is answered anew when it was not this model's", async () => {
    const messages = [counting, { role: "assistant", content: "Something else" }, user("Continue")];
    expect(content(await ask(offline(), { messages })).length).toBeGreaterThan(100);
  });
});

test("an image costs a token for each whole tile of 14 pixels", () => {
  expect(imageTokens({ width: 1024, height: 1024 })).toBe(5329);
  expect(imageTokens({ width: 1, height: 1 })).toBe(1);
});
