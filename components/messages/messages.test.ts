import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { defaultLocale, locales } from "#lib/accounts/choices.ts";
import { messages } from "./messages.ts";

/** Every text with its path, `area.key.inner`. */
function listTexts(tree: unknown, path: string[] = []): [path: string, text: string][] {
  if (typeof tree === "string") return [[path.join("."), tree]];
  if (typeof tree !== "object" || tree === null) throw new Error(`${path.join(".")} is no text`);
  return Object.entries(tree).flatMap(([key, inner]) => listTexts(inner, [...path, key]));
}

/** Names and kinds of the arguments and tags of an ICU message, such as `count:6`; throws where it is malformed. */
function listArguments(text: string, locale: string): string[] {
  const found = new Set<string>();
  const visit = (elements: unknown): void => {
    for (const element of Array.isArray(elements) ? elements : []) {
      const { type, value, options, children } = element;
      // Literal text and the number sign of a plural are no arguments.
      if (type !== 0 && type !== 7) found.add(`${value}:${type}`);
      for (const option of Object.values(options ?? {})) {
        if (typeof option === "object" && option !== null && "value" in option) visit(option.value);
      }
      visit(children);
    }
  };
  visit(new IntlMessageFormat(text, locale).getAst());
  return [...found].toSorted();
}

const english = new Map(listTexts(messages[defaultLocale]));

describe.each(locales.filter((locale) => locale !== defaultLocale))("%s", (locale) => {
  const texts = new Map(listTexts(messages[locale]));

  it("has exactly the keys that English has", () => {
    expect([...texts.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it("takes the same arguments in every text", () => {
    const argumentsOf = (all: Map<string, string>, of: string) =>
      Object.fromEntries([...all].map(([path, text]) => [path, listArguments(text, of)]));
    expect(argumentsOf(texts, locale)).toEqual(argumentsOf(english, defaultLocale));
  });
});

it("has no empty text", () => {
  for (const locale of locales) {
    expect(listTexts(messages[locale]).filter(([, text]) => text.trim() === "")).toEqual([]);
  }
});
