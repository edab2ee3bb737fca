import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { curlOfRequest } from "./curl-of-request.ts";

const call = { endpoint: "chat.completions", model: "moonshot/kimi-k2.6", stream: false, tag: "" };

/** The arguments that a shell gives to the command. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const told = execFileSync("sh", ["-c", script], {
    env: { ...process.env, AIG_KEY: "sk-aig-x" },
    encoding: "utf8",
  });
  return told.split("\0").slice(0, -1);
}

test("a shell sends the kept body and tag just as they are, whatever stands in them", () => {
  const aText = fc.string({ unit: fc.constantFrom("'", '"', "\\", "$", "`", "\n", "é", "a", " ") });
  fc.assert(
    fc.property(aText, aText, (content, tag) => {
      const body = JSON.stringify({ model: call.model, messages: [{ role: "user", content }] });
      const told = argumentsOf(curlOfRequest({ ...call, tag }, { baseUrl: "http://localhost:3000", body }));
      expect(told[0]).toBe("http://localhost:3000/v1/chat/completions");
      expect(told.at(-1)).toBe(body);
      expect(told).toContain("Authorization: Bearer sk-aig-x");
      if (tag !== "") expect(told).toContain(`x-aig-tag: ${tag}`);
    }),
    { numRuns: 25 },
  );
});

test("without a kept body there is one to fill in, in the endpoint's own form", () => {
  const told = argumentsOf(
    curlOfRequest(
      { ...call, endpoint: "responses", stream: true },
      { baseUrl: "https://ai.example", body: null },
    ),
  );
  expect(told.slice(0, 2)).toEqual(["-N", "https://ai.example/v1/responses"]);
  expect(JSON.parse(told.at(-1) ?? "")).toEqual({ model: call.model, stream: true, input: "…" });
});
