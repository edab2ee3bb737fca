import { describe, expect, test } from "vitest";
import { parseConfig } from "#lib/ops/config.ts";
import { selectUpstreams } from "./select.ts";

const noOllama = () => Promise.reject(new Error("refused"));
const ollamaWith =
  (...names: string[]) =>
  async () => ({ models: names.map((name) => ({ name })) });

async function chosen(...args: Parameters<typeof selectUpstreams>): Promise<string[]> {
  const selected = await selectUpstreams(...args);
  await selected.close();
  return selected.upstreams.map((upstream) => upstream.name);
}

describe("selectUpstreams", () => {
  test.each([
    ["https://api.moonshot.ai/v1", "moonshot"],
    ["https://openrouter.ai/api/v1", "openrouter"],
    ["http://10.0.0.7:8000/v1", "upstream"],
    ["http://vllm.internal.example:8000/v1", "upstream"],
  ])("%s is configured and named %s", async (baseUrl, name) => {
    const { upstreams } = parseConfig({ UPSTREAM_BASE_URL: baseUrl });
    expect(await chosen(upstreams, ollamaWith("kimi-k2.6"))).toEqual([name]);
  });

  test("those of a file serve in its order, under their names", async () => {
    const file = [
      { name: "second-best", baseUrl: "https://api.moonshot.ai/v1", apiKeyEnv: "KEY_A" },
      { name: "own.vllm", baseUrl: "http://10.0.0.7:8000/v1/", model: "k2", timeouts: { connectMs: 100 } },
    ];
    const { upstreams } = parseConfig({ UPSTREAMS_FILE: "u.json", KEY_A: "sk-a" }, () =>
      JSON.stringify(file),
    );
    expect(upstreams.configured).toMatchObject([
      { apiKey: "sk-a", model: null, timeouts: { connectMs: 5_000, idleMs: 120_000 } },
      { baseUrl: "http://10.0.0.7:8000/v1", apiKey: null, timeouts: { connectMs: 100, idleMs: 120_000 } },
    ]);
    expect(await chosen(upstreams, noOllama)).toEqual(["second-best", "own.vllm"]);
  });

  test("a local Ollama serves when it has the model", async () => {
    expect(await chosen(parseConfig({}).upstreams, ollamaWith("llama4", "Kimi-K2.6:cloud"))).toEqual([
      "ollama",
    ]);
  });

  test.each([
    ["nobody answers", noOllama],
    ["it lacks the model", ollamaWith("llama4")],
    ["it is something else", async () => "hello"],
  ])("the offline model serves when %s", async (_what, fetchJson) => {
    expect(await chosen(parseConfig({}).upstreams, fetchJson)).toEqual(["offline"]);
  });

  const file = (entry: object) =>
    parseConfig({ UPSTREAMS_FILE: "u.json" }, () => JSON.stringify([{ name: "a", ...entry }])).upstreams;
  const local = { baseUrl: "http://127.0.0.1:9/v1" };

  test.each([
    ["Moonshot's hosts", file({ baseUrl: "https://api.moonshot.cn/v1" }), true],
    ["the offline model", parseConfig({}).upstreams, true],
    ["one that is set to need them", file({ ...local, inlineImages: true }), true],
    ["one of which nothing is known", file(local), false],
    ["one that is set not to", file({ ...local, inlineImages: false }), false],
  ])("images at addresses are fetched for %s (or not)", async (_what, upstreams, fetched) => {
    const selected = await selectUpstreams(upstreams, noOllama);
    const { signal } = new AbortController();
    // Refused before anything is connected to, where it would be fetched.
    const part = { type: "image_url", image_url: { url: "http://127.0.0.1/a.png" } };
    const body = { messages: [{ role: "user", content: [part] }] };
    const sent = selected.upstreams[0]?.send({ body, stream: false, requestId: "req_1", signal });
    await expect(sent).rejects.toThrow(fetched ? "not on the public internet" : "ECONNREFUSED");
    await selected.close();
  });
});
