import { expect, test } from "vitest";
import { readPaste } from "./read-paste.ts";

function clipboard(files: File[], texts: Record<string, string>) {
  const list = Object.assign(files, { item: (index: number) => files[index] ?? null });
  return { files: list, getData: (type: string) => texts[type] ?? "" };
}

const picture = new File(["x"], "image.png", { type: "image/png" });

test("files become files, text of an office program stays text although a picture of it lies beside", () => {
  expect(readPaste(clipboard([picture], {}))).toEqual({ files: [picture] });
  expect(readPaste(clipboard([picture], { "text/html": "<img>" }))).toEqual({ files: [picture] });
  expect(readPaste(clipboard([picture], { "text/plain": "a\tb", "text/html": "<table>" }))).toBeNull();
});

test("text becomes a file only when it is long", () => {
  expect(readPaste(clipboard([], { "text/plain": "x".repeat(4_000) }))).toBeNull();
  const long = "x".repeat(4_001);
  expect(readPaste(clipboard([], { "text/plain": long }))).toEqual({ text: long });
});
