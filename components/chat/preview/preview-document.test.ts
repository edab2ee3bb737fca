import { expect, test } from "vitest";
import { previewDocument, previewKindOf } from "./preview-document.ts";

test("pages and pictures can be previewed, other code cannot", () => {
  expect(previewKindOf("HTML", "<p>Hi")).toBe("html");
  expect(previewKindOf("svg", "<svg/>")).toBe("svg");
  expect(previewKindOf("xml", '<?xml version="1.0"?><svg viewBox="0 0 1 1"/>')).toBe("svg");
  expect(previewKindOf("xml", "<note/>")).toBeNull();
  expect(previewKindOf("javascript", "document.write('<svg>')")).toBeNull();
  expect(previewKindOf("", "<html>")).toBeNull();
});

test("what is shown is a page in standards mode, with the code as it is", () => {
  expect(previewDocument("html", "<p>Hi")).toBe("<!doctype html><p>Hi");
  expect(previewDocument("html", "\n<!DOCTYPE html><p>Hi")).toBe("\n<!DOCTYPE html><p>Hi");
  expect(previewDocument("svg", '<?xml version="1.0"?>\n<svg/>')).toMatch(/^<!doctype html>.*\n<svg\/>$/);
});
