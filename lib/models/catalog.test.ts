import { describe, expect, test } from "vitest";
import { defaultModelId, getModel, getUpstreamName, listModels } from "./catalog.ts";
import { kimiK26 } from "./kimi-k2.6.ts";

describe("the catalog", () => {
  test("the default model is listed and found by its id", () => {
    expect(listModels()).toContain(getModel(defaultModelId));
  });

  test("an unknown id is null, whatever its spelling", () => {
    for (const id of ["", "kimi-k2.6", "Moonshot/Kimi-K2.6", "toString"]) expect(getModel(id)).toBeNull();
  });

  test("ids are unique and prices are whole nano-dollars with cached input at a tenth", () => {
    const ids = listModels().map((model) => model.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { prices } of listModels()) {
      for (const price of Object.values(prices)) expect(Number.isSafeInteger(price)).toBe(true);
      expect(prices.cachedInputNanoUsd * 10).toBe(prices.inputNanoUsd);
    }
  });

  test.each([
    ["https://api.moonshot.ai/v1", "kimi-k2.6"],
    ["https://api.moonshot.cn/v1", "kimi-k2.6"],
    ["https://openrouter.ai/api/v1", "moonshotai/kimi-k2.6"],
    ["https://api.fireworks.ai/inference/v1", "accounts/fireworks/models/kimi-k2p6"],
    ["https://notmoonshot.ai/v1", null],
    ["http://127.0.0.1:8000/v1", null],
    ["not a url", null],
  ])("the host of %s calls the model %s", (baseUrl, name) => {
    expect(getUpstreamName(kimiK26, baseUrl)).toBe(name);
  });
});
