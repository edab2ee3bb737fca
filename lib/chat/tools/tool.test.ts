import { expect, test } from "vitest";
import { ToolFailure } from "./tool.ts";

class Special extends ToolFailure {}

test("a failure made by another bundle's class is known; a special one is told from others", async () => {
  const path = "./tool.ts?again";
  const other: typeof import("./tool.ts") = await import(/* @vite-ignore */ path);
  expect(other.ToolFailure).not.toBe(ToolFailure);
  expect(new other.ToolFailure("away")).toBeInstanceOf(ToolFailure);
  expect(new Special("away")).toBeInstanceOf(ToolFailure);
  expect(new ToolFailure("away")).not.toBeInstanceOf(Special);
  expect(new Error("away")).not.toBeInstanceOf(ToolFailure);
});
