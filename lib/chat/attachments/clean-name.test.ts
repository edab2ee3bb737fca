import { expect, test } from "vitest";
import { cleanName } from "./clean-name.ts";

test.each([
  ["C:\\Users\\me\\photo.HEIC", "image/jpeg", "photo.jpg"],
  ["../../etc/passwd", "text/plain", "passwd"],
  ["photo.JPEG", "image/jpeg", "photo.JPEG"],
  ["page.png", "application/pdf", "page.pdf"],
  ["screenshot", "image/png", "screenshot.png"],
  ["evil\u202egnp.exe\r\n", "text/plain", "evilgnp.exe"],
  ['a"<b>.txt', "text/plain", "ab.txt"],
  ["", "image/png", "image.png"],
  ["报告.pdf", "application/pdf", "报告.pdf"],
])("%j of type %s is kept as %s", (given, mediaType, kept) => {
  expect(cleanName(given, mediaType)).toBe(kept);
});

test("a name is no longer than 150 characters and keeps its ending", () => {
  const name = cleanName(`${"🙂".repeat(200)}.csv`, "text/plain");
  expect(name.length).toBeLessThanOrEqual(150);
  expect(name).toMatch(/\.csv$/);
  expect(name.isWellFormed()).toBe(true);
});
