import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderEnvExample } from "./settings.ts";

test(".env.example is what the settings table says", async () => {
  const file = await readFile(join(import.meta.dirname, "../../.env.example"), "utf8");
  expect(file).toBe(renderEnvExample());
});
