import { describe, expect, test } from "vitest";
import { runSandboxed } from "./sandbox.ts";

const run = (source: string, timeoutMs = 3_000) => runSandboxed(source, { timeoutMs });

describe("JavaScript in the sandbox", () => {
  test.each([
    ["1 + 1", "2"],
    ["'a'.repeat(3)", "aaa"],
    ["[1, 2, 3].map((n) => n * n)", "[\n 1,\n 4,\n 9\n]"],
    ["2n ** 100n", `${2n ** 100n}n`],
    ["return await Promise.resolve(7)", "7"],
    ["(async () => 5)()", "5"],
    ["const a = 1", null],
    ["new Set([1])", "[\n 1\n]"],
  ])("%s comes to its value", async (source, value) => {
    expect(await run(source)).toEqual({ output: "", value, charts: [], error: null });
  });

  test("what it prints and the charts it shows are given", async () => {
    const spec = { type: "bar", labels: ["a", "b"], series: [{ name: "n", values: [1, 2] }] };
    const { output, charts } = await run(
      `console.log("x", {a: 1}); console.error(3); chart(${JSON.stringify(spec)})`,
    );
    expect(output).toBe('x {\n "a": 1\n}\n3\n');
    expect(charts).toEqual([spec]);
  });

  test.each([
    ["for (;;) {}", "ran longer than 0.3 s"],
    ["await new Promise(() => {})", "never comes"],
    ["const a = []; for (;;) a.push(new ArrayBuffer(8e6))", "64 MB"],
    ["const f = () => f(); f()", "stack"],
    ["null.x", "TypeError"],
    ["await Promise.reject(new RangeError('no'))", "RangeError: no"],
    ["let x = ;", "SyntaxError"],
    ["chart({type: 'line', labels: [1], series: [{name: 'n', values: [1, 2]}]})", "must have 1 values"],
    ["await import('node:fs')", "Error"],
  ])(
    "%s ends with a reason",
    async (source, reason) => {
      const { error, value } = await run(source, 300);
      expect(error).toContain(reason);
      expect(value).toBeNull();
      // Filling the memory takes seconds where other tests keep the cores busy.
    },
    30_000,
  );

  test.each(["fetch", "process", "require", "XMLHttpRequest", "WebSocket", "setTimeout", "Deno"])(
    "%s is not there",
    async (name) => {
      expect(await run(`typeof ${name}`)).toMatchObject({ value: "undefined" });
    },
  );

  test("what was printed before an error is kept, and no more than fits", async () => {
    const { output, error } = await run("for (let i = 0; i < 3e3; i++) console.log('a line', i); throw 1");
    expect(output).toHaveLength(20_000);
    expect(error).toBe("1");
  });
});
