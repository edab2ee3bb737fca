import { expect, test } from "vitest";
import { openText, sealText } from "./seal.ts";

const secret = "a secret of thirty-two characters";

test("a sealed text opens in its place alone, with its secret, unchanged", () => {
  const sealed = sealText(secret, "tool_sources/1", "Bearer naïve");
  expect(openText(secret, "tool_sources/1", sealed)).toBe("Bearer naïve");
  expect(() => openText(secret, "tool_sources/2", sealed)).toThrow();
  expect(() => openText(`${secret}!`, "tool_sources/1", sealed)).toThrow();
  const changed = Uint8Array.from(sealed);
  changed[30] = (changed[30] ?? 0) ^ 1;
  expect(() => openText(secret, "tool_sources/1", changed)).toThrow();
});

test("the same text is sealed differently each time and shows nothing of itself", () => {
  const [one, two] = [sealText(secret, "p", "hidden"), sealText(secret, "p", "hidden")];
  expect(Buffer.from(one).equals(two)).toBe(false);
  expect(Buffer.from(one).includes("hidden")).toBe(false);
});
