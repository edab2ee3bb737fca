import { expect, test } from "vitest";
import { makePdf } from "#tests/support/make-files.ts";
import { readPdf } from "./read-pdf.ts";

const limits = { maxPages: 500, maxChars: 1_000 };

test("each page's text stands below its number, lines kept", async () => {
  const read = await readPdf(makePdf([["First", "line two"], [], ["Third"]]), limits);
  expect(read).toEqual({
    text: "[Page 1]\nFirst\nline two\n\n[Page 3]\nThird",
    pages: 3,
    truncated: false,
  });
});

test("more pages or characters than are taken are told", async () => {
  const pdf = makePdf([["First"], ["Second"]]);
  expect(await readPdf(pdf, { ...limits, maxPages: 1 })).toEqual({
    text: "[Page 1]\nFirst",
    pages: 2,
    truncated: true,
  });
  expect(await readPdf(pdf, { ...limits, maxChars: 12 })).toEqual({
    text: "[Page 1]\nFir",
    pages: 2,
    truncated: true,
  });
});

test("what only begins like a PDF gives the reason", async () => {
  expect(await readPdf(new TextEncoder().encode("%PDF-1.4 and nothing"), limits)).toBe("it is damaged");
});
