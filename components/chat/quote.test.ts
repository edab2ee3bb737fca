import { expect, test } from "vitest";
import { asQuote } from "./quote.ts";

test.each([
  ["one", "> one\n\n"],
  ["  one\n\n\n\ntwo \n", "> one\n>\n> two\n\n"],
  ["> nested", "> > nested\n\n"],
])("%j is quoted line by line", (text, quote) => {
  expect(asQuote(text)).toBe(quote);
});
