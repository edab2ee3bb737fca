import { describe, expect, test } from "vitest";
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
    const upstream = { baseUrl, apiKey: null, model: null };
    expect(await chosen({ upstream }, ollamaWith("kimi-k2.6"))).toEqual([name]);
  });

  test("a local Ollama serves when it has the model", async () => {
    expect(await chosen({ upstream: null }, ollamaWith("llama4", "Kimi-K2.6:cloud"))).toEqual(["ollama"]);
  });

  test.each([
    ["nobody answers", noOllama],
    ["it lacks the model", ollamaWith("llama4")],
    ["it is something else", async () => "hello"],
  ])("the offline model serves when %s", async (_what, fetchJson) => {
    expect(await chosen({ upstream: null }, fetchJson)).toEqual(["offline"]);
  });
});
