import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { makePdf, makePicture } from "#tests/support/make-files.ts";
import { sniffType } from "./sniff.ts";

const text = (value: string) => new TextEncoder().encode(value);
const box = (brands: string) => text(`\0\0\0${String.fromCharCode(8 + brands.length)}ftyp${brands}`);

test("a picture and a PDF are told by their bytes", async () => {
  const heic = await readFile("tests/fixtures/attachments/red-and-blue.heic");
  expect(sniffType(await makePicture("red"))).toBe("image/png");
  expect(sniffType(await makePicture("red", { format: "jpeg" }))).toBe("image/jpeg");
  expect(sniffType(makePdf([["Hello"]]))).toBe("application/pdf");
  expect(sniffType(heic)).toBe("image/heic");
  expect(sniffType(box("mif1\0\0\0\0heic"))).toBe("image/heic");
  expect(sniffType(box("mif1\0\0\0\0avif"))).toBe("image/avif");
  expect(sniffType(text("GIF89a\0"))).toBe("image/gif");
  expect(sniffType(text("RIFF\0\0\0\0WEBPVP8 "))).toBe("image/webp");
});

test("text is UTF-8 or marked UTF-16, a page or a drawing in SVG is but text", () => {
  expect(sniffType(text("name;价格\r\n\tx"))).toBe("text/plain");
  expect(sniffType(text("<svg onload='alert(1)'/>"))).toBe("text/plain");
  expect(sniffType(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toBe("text/plain");
});

test.each([
  ["a program", text("\x7fELF\x02\x01\x01\0\0")],
  ["an archive", text("PK\x03\x04\x14\0\0\0")],
  ["a film", box("isom\0\0\0\0mp42")],
  ["letters of an old encoding", new Uint8Array([0xc4, 0xe3, 0xba, 0xc3])],
  ["a box with no end", new Uint8Array(Buffer.from("\xff\xff\xff\xffftyp", "latin1"))],
])("%s is not accepted", (_what, bytes) => {
  expect(sniffType(bytes)).toBeNull();
});
