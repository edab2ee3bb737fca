import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ask, content, offline, reasoning, user } from "../testing.ts";
import { evaluate } from "./exact-arithmetic.ts";

async function answerTo(...texts: string[]) {
  return ask(offline(), { messages: texts.map(user) });
}

describe("the offline model answers", () => {
  test.each([
    ["What is 17 × 23 + 4?", "= 395**"],
    ["what is 2^64 - 1?", "18446744073709551615"],
    ["20% of 350", "= 70**"],
    ["17 divided by 3", "≈ 5.66666666667"],
    ["17 × 23 等于多少？", "= 391**"],
    ['Reverse "desserts"', "**stressed**"],
    ["How many r's in strawberry?", "**3**"],
    ["Sort: pear, apple, fig", "apple, fig, pear"],
    ["count the words in: the quick brown fox", "| Words | 4 |"],
    ["What day is it today?", "Sunday, 22 November 2026"],
    ["今天星期几？", "星期日"],
    ["What day of the week was 2000-01-01?", "Saturday"],
    ["How many days until 2027-01-01?", "**40 days**"],
    ["days between March 1, 2024 and 1 April 2024", "**31 days**"],
    ["Is 2100 a leap year?", "**No**"],
    ["Write a Python one-liner to reverse a string.", "text[::-1]"],
    ["用Python反转字符串", "text[::-1]"],
    ["reverse a string in Rust", "```rust"],
    ["Count to 200", "191, 192, 193, 194, 195, 196, 197, 198, 199, 200"],
    ["Show me a Markdown demo", "| Chunk | Field | Says |"],
    ["What does Kimi K2.6 cost?", "$0.095"],
    ["Hello", "offline stand-in"],
    ["你是谁？", "离线替身"],
    ["Why is the sky blue?", "UPSTREAM_BASE_URL"],
    ["天空为什么是蓝色的？", "UPSTREAM_BASE_URL"],
  ])("%s → %s", async (question, expected) => {
    expect(content(await answerTo(question))).toContain(expected);
  });

  test("suggested follow-ups are messages that it can answer itself, in the conversation's language", async () => {
    const system = "Suggest what the person may want to ask or say next in the conversation below.";
    for (const [said, first] of [
      ["Person:\nWhat is a harbour?\n\nAssistant:\nA harbour shelters ships.", 'Reverse "harbour"'],
      ["Person:\n港口是什么？\n\nAssistant:\n港口停泊船只。", "反转“港口”"],
    ] as const) {
      const messages = [{ role: "system" as const, content: system }, user(said)];
      const suggested = content(await ask(offline(), { messages })).split("\n");
      expect(suggested[0]).toBe(first);
      expect(suggested).toHaveLength(3);
      for (const text of suggested) {
        expect(content(await answerTo(text)), text).not.toMatch(/A true answer needs|真正的回答需要/);
      }
    }
  });

  test("every answer in prose says that it is not Kimi's, on later turns as well", async () => {
    for (const texts of [
      ["What is 2+2?"],
      ["What is 2+2?", "Count to 5"],
      ["你好"],
      ["Write a long article"],
    ]) {
      expect(content(await answerTo(...texts))).toMatch(/not by Kimi K2\.6|并非 Kimi K2\.6/);
    }
  });

  test("a title, and words asked for word for word, stand alone", async () => {
    expect(content(await answerTo("Reply with exactly OK"))).toBe("OK");
    const titled = content(await answerTo("Write a short title for this conversation: how do I bake bread?"));
    expect(titled).not.toContain("\n");
    expect(titled.length).toBeLessThan(60);
  });

  test("a summary quotes sentences of the text and counts it", async () => {
    const text = `Summarise: ${"The harbour was calm. Boats came to the harbour at noon. A gull cried. ".repeat(2)}`;
    const answer = content(await answerTo(text));
    expect(answer).toContain("- Boats came to the harbour at noon.");
    expect(answer).toContain("28 words, 6 sentences");
  });

  test("the reasoning restates what was asked in several sentences, and is the same for the same conversation", async () => {
    const one = reasoning(await answerTo("Why is the sky blue?"));
    expect(one).toContain("Why is the sky blue?");
    expect(one.split(/[.!?]\s/).length).toBeGreaterThan(5);
    expect(reasoning(await answerTo("Why is the sky blue?"))).toBe(one);
  });

  test("whatever is said, something is answered", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: "binary", maxLength: 60 })), async (text) => {
        const answer = await answerTo(text);
        expect(answer.status).toBe(200);
        expect(content(answer).trim()).not.toBe("");
      }),
    );
  });

  test("long text made to be slow for patterns is answered like any other", { timeout: 60_000 }, async () => {
    const hostile = [
      "with keys ",
      "count ",
      "sqrt(",
      "1+",
      "((((",
      "What is ",
      "write ",
      "年1",
      "Aa ",
      "a/",
      ".",
      "-9",
    ];
    for (const part of hostile) {
      const answer = await answerTo(part.repeat(100_000 / part.length));
      expect(answer.status).toBe(200);
    }
  });
});

describe("arithmetic", () => {
  test("whole numbers agree with BigInt, in any combination of + - * and brackets", () => {
    const signs = {
      "+": (a: bigint, b: bigint) => a + b,
      "-": (a: bigint, b: bigint) => a - b,
      "*": (a: bigint, b: bigint) => a * b,
    };
    const { node } = fc.letrec<Record<"node" | "leaf", { text: string; value: bigint }>>((tie) => ({
      leaf: fc.nat(1e9).map((value) => ({ text: String(value), value: BigInt(value) })),
      node: fc.oneof(
        { maxDepth: 5 },
        tie("leaf"),
        fc.tuple(tie("node"), fc.constantFrom("+", "-", "*"), tie("node")).map(([a, sign, b]) => ({
          text: `(${a.text}${sign}${b.text})`,
          value: signs[sign](a.value, b.value),
        })),
      ),
    }));
    fc.assert(
      fc.property(node, ({ text, value }) => {
        expect(evaluate(text)?.text).toBe(String(value));
      }),
    );
  });

  test("decimals do not drift, and what does not end is rounded in the last digit shown", () => {
    expect(evaluate("0.1+0.2")).toMatchObject({ text: "0.3", exact: true });
    expect(evaluate("2/3")).toMatchObject({ text: "0.666666666667", exact: false });
    expect(evaluate("sqrt(16)")).toMatchObject({ text: "4", exact: true });
    expect(evaluate("sqrt(2)")).toMatchObject({ text: "1.41421356237", exact: false });
  });

  test.each(["1/0", "2^99999", "9^9^9", "(((", "5+", "", "500!", "1 2", "sqrt(-1)"])(
    "%s has no answer",
    (text) => {
      expect(evaluate(text)).toBeNull();
    },
  );
});
